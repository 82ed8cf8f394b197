import { didYouMean } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import { checkEvents } from './check-events.ts';
import { checkNodes } from './check-nodes.ts';
import { checkWorkload } from './check-workload.ts';
import { clusterFacts, type ListNodes } from './cluster-facts.ts';
import type { Report } from './problem-list.ts';
import { at, entriesOf, isMap, type RawMap } from './raw.ts';
import { ancestors } from './role-path.ts';
import { readDuration } from './values.ts';

/**
 * Checks what the schema cannot: parts of a scenario that refer to one another.
 *
 * Takes the scenario as the file holds it and passes over what the schema refuses, so that one mistake hides no other.
 */
export function crossCheck(raw: RawMap, report: Report, listNodes?: ListNodes): void {
  const facts = clusterFacts(raw, listNodes, report);
  checkNodes(raw, facts, report);
  checkWorkload(raw, facts, report);
  checkEvents(raw, facts, report);
  checkRoles(raw, report);
  checkWarmup(raw, report);
}

function checkRoles(raw: RawMap, report: Report): void {
  const roles = at(raw, 'roles');
  if (!isMap(roles)) return;
  const known = new Set(Object.keys(roles).flatMap((path) => [path, ...ancestors(path)]));
  for (const [name, framework] of entriesOf(at(raw, 'frameworks'))) {
    const role = at(framework, 'role');
    if (typeof role !== 'string' || known.has(role)) continue;
    const message = `\`roles\` has no ${quote(role)}`;
    report(['frameworks', name, 'role'], message, didYouMean(role, known) ?? 'add it to `roles`');
  }
}

function checkWarmup(raw: RawMap, report: Report): void {
  const [warmup, until] = [timeAt(raw, 'warmup'), timeAt(raw, 'until')];
  if (warmup !== null && until !== null && until > 0 && warmup >= until) {
    report(['warmup'], 'must be less than `until`, or nothing is left to measure');
  }
}

function timeAt(raw: RawMap, key: string) {
  const value = at(raw, key);
  return typeof value === 'number' || typeof value === 'string' ? readDuration(value) : null;
}

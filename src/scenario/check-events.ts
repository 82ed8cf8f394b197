import { didYouMean } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import { checkAmount } from './amount-check.ts';
import { type ClusterFacts, resourceNamed } from './cluster-facts.ts';
import type { Path } from './marked.ts';
import type { Report } from './problem-list.ts';
import { at, entriesOf, isMap, itemsOf, type RawMap } from './raw.ts';

/** Checks what events and roles say about nodes, resources and one another. */
export function checkEvents(raw: RawMap, facts: ClusterFacts, report: Report): void {
  const known = new NodeNames(facts);
  itemsOf(at(raw, 'events')).forEach((event, i) => {
    const path: Path = ['events', i];
    const nodes = at(event, 'node');
    if (!Array.isArray(nodes)) known.check(nodes, [...path, 'node'], report);
    else for (const [n, name] of nodes.entries()) known.check(name, [...path, 'node', n], report);
    if (at(event, 'for') !== undefined && (at(event, 'is') === 'up' || at(event, 'master') === 'up')) {
      report([...path, 'for'], 'says when something is up again, and this is up already', undefined, 'key');
    }
    if (at(event, 'is') === 'gone' && at(event, 'for') !== undefined) {
      report([...path, 'for'], 'a framework that is gone does not come back', 'use `is: down`', 'key');
    }
    if (isMap(event) && at(event, 'role') !== undefined && at(event, 'node') === undefined) {
      if (at(event, 'weight') === undefined && at(event, 'quota') === undefined) {
        report(path, 'must say what changes: `weight` or `quota`');
      }
      checkQuota(at(event, 'role'), at(event, 'quota'), facts, [...path, 'quota'], report);
    }
  });
  for (const [role, settings] of entriesOf(at(raw, 'roles'))) {
    checkQuota(role, at(settings, 'quota'), facts, ['roles', role, 'quota'], report);
  }
}

function checkQuota(role: unknown, quota: unknown, facts: ClusterFacts, path: Path, report: Report): void {
  if (quota === undefined) return;
  if (typeof role === 'string' && role.includes('/')) {
    report(path, `${quote(role)} lies below another role; only roles at the top have a quota`);
  }
  const steps = new Map<string, number>();
  for (const part of ['guarantee', 'limit'] as const) {
    for (const [name, value] of entriesOf(at(quota, part))) {
      const here = [...path, part, name];
      if (facts.resources !== null && !facts.resources.has(name)) {
        report(here, `no node has ${quote(name)}`, didYouMean(name, facts.resources.keys()), 'key');
        continue;
      }
      const amount = checkAmount(
        value,
        resourceNamed(name, facts),
        part === 'limit' ? 'capacity' : 'demand',
        here,
        report,
      );
      if (amount === null) continue;
      if (part === 'guarantee') steps.set(name, amount);
      else if (amount < (steps.get(name) ?? 0)) report(here, 'is less than the guarantee');
    }
  }
}

/** The names that nodes go by. */
class NodeNames {
  readonly #counts = new Map<string, number>();
  /** False where some nodes are not known, so that none can be said to be missing. */
  readonly #isComplete: boolean;

  constructor({ groups, isComplete }: ClusterFacts) {
    this.#isComplete = isComplete;
    for (const group of groups) {
      const name = at(group, 'name');
      const count = at(group, 'count') ?? 1;
      if (typeof name === 'string' && typeof count === 'number') this.#counts.set(name, count);
    }
  }

  check(name: unknown, path: Path, report: Report): void {
    if (typeof name !== 'string' || !this.#isComplete || this.#counts.size === 0 || this.#has(name)) return;
    report(path, `there is no node ${quote(name)}`, didYouMean(name, this.#counts.keys()) ?? this.#hint(name));
  }

  #has(name: string): boolean {
    if (this.#counts.has(name)) return true;
    const match = /^(.*)-(0|[1-9]\d*)$/u.exec(name);
    return match !== null && Number(match[2]) < (this.#counts.get(match[1]!) ?? 0) && this.#counts.get(match[1]!)! > 1;
  }

  #hint(name: string): string | undefined {
    const group = /^(.*)-\d+$/u.exec(name)?.[1];
    const count = group === undefined ? undefined : this.#counts.get(group);
    return count !== undefined && count > 1 ? `they are ${group}-0 to ${group}-${count - 1}` : undefined;
  }
}

import { checkTotal, type Resource } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import { checkAmount } from './amount-check.ts';
import { type ClusterFacts, pathOf, resourceNamed } from './cluster-facts.ts';
import type { Report } from './problem-list.ts';
import { at, entriesOf, isMap, type RawMap, show } from './raw.ts';

/** More nodes than any cluster has; each costs memory. */
const MOST_NODES = 10_000_000;

/** Checks what no group of nodes can tell by itself: names, sums and the kinds of their resources. */
export function checkNodes(raw: RawMap, facts: ClusterFacts, report: Report): void {
  checkNames(facts, report);
  const areFew = checkCount(facts, report);
  for (const name of new Set(facts.groups.flatMap((group) => entriesOf(at(group, 'capacity')).map(([key]) => key)))) {
    checkResource(resourceNamed(name, facts), facts, areFew, report);
  }
  checkPrecisions(raw, facts, report);
}

function checkNames(facts: ClusterFacts, report: Report): void {
  const firsts = new Map<string, number>();
  facts.groups.forEach((group, i) => {
    const name = at(group, 'name');
    if (typeof name !== 'string') return;
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, i);
    else report(pathOf(facts, i, 'name'), `${quote(name)} is the name of \`${entry(facts, first)}\` already`);
  });
}

/** `cluster.nodes.0`, for a group of a list the entry that names the list. */
function entry({ paths }: ClusterFacts, group: number): string {
  return paths[group]!.slice(0, 3).join('.');
}

function countOf(group: unknown): number {
  const count = at(group, 'count');
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 1 ? count : 1;
}

function checkCount(facts: ClusterFacts, report: Report): boolean {
  let total = 0;
  for (const [i, group] of facts.groups.entries()) {
    total += countOf(group);
    if (total <= MOST_NODES) continue;
    report(pathOf(facts, i, 'count'), `makes ${total} nodes; at most ${MOST_NODES} can be simulated`);
    return false;
  }
  return true;
}

/** Checks one resource over all nodes: readable, numbered everywhere or nowhere, and exact in sum. */
function checkResource(of: Resource, facts: ClusterFacts, areFew: boolean, report: Report): void {
  let total = 0;
  // The sum over far too many nodes would be the same mistake again.
  let isExact = areFew;
  const numbered = facts.groups.findIndex((group) => isMap(capacityOf(group, of)));
  for (const [i, group] of facts.groups.entries()) {
    const capacity = capacityOf(group, of);
    const path = pathOf(facts, i, 'capacity', of.name);
    const devices = at(capacity, 'devices');
    const steps = isMap(capacity) ? deviceSteps(devices, of) : checkAmount(capacity, of, 'capacity', path, report);
    if (steps === null) continue;
    if (!isMap(capacity) && numbered >= 0 && steps > 0) {
      const message = `must be \`{ devices: … }\` as in \`${entry(facts, numbered)}\`, not ${show(capacity)}`;
      report(path, message, Number.isSafeInteger(capacity) ? `write { devices: ${capacity} }` : undefined);
    }
    total += steps * countOf(group);
    const excess = isExact ? excessOf(total, of) : undefined;
    if (excess === undefined) continue;
    report(countOf(group) > 1 ? pathOf(facts, i, 'count') : path, excess);
    isExact = false;
  }
}

function capacityOf(group: unknown, of: Resource): unknown {
  return at(at(group, 'capacity'), of.name);
}

function deviceSteps(devices: unknown, of: Resource): number | null {
  return typeof devices === 'number' && devices >= 0 ? devices * of.scale : null;
}

/** The words of {@link checkTotal}, or undefined where the total is exact. */
function excessOf(total: number, of: Resource): string | undefined {
  try {
    checkTotal(total, of);
    return undefined;
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems[0]!.message;
    throw error;
  }
}

function checkPrecisions(raw: RawMap, { resources }: ClusterFacts, report: Report): void {
  if (resources === null) return;
  for (const [name] of entriesOf(at(raw, 'resources'))) {
    if (resources.has(name)) continue;
    report(['resources', name], `no node has ${quote(name)}`, didYouMean(name, resources.keys()), 'key');
  }
}

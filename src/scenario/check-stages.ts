import { didYouMean } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import type { Path } from './marked.ts';
import type { Report } from './problem-list.ts';
import { at, itemsOf, listed } from './raw.ts';

/** Checks that the stages of a job have names of their own, know what they wait for, and do not wait in a circle. */
export function checkStages(job: unknown, path: Path, report: Report): void {
  const stages = itemsOf(at(job, 'stages'));
  if (stages.length === 0) return;
  const rows = new Map<unknown, number>();
  for (const [s, stage] of stages.entries()) {
    const name = at(stage, 'name');
    if (rows.has(name) && typeof name === 'string')
      report([...path, 'stages', s, 'name'], `there is a stage ${quote(name)} before; names must differ`);
    else rows.set(name, s);
  }
  const edges = stages.map((stage, s) => checkAfter(at(stage, 'after'), rows, [...path, 'stages', s, 'after'], report));
  reportCycles(stages, edges, path, report);
  if (at(job, 'gang') === true) {
    const message = '`gang` and `stages` do not go together: a gang starts all its tasks at once';
    report([...path, 'stages'], message, undefined, 'key');
  }
}

/** Gives the rows of what a stage waits for. */
function checkAfter(after: unknown, rows: ReadonlyMap<unknown, number>, path: Path, report: Report): number[] {
  const isList = Array.isArray(after);
  const found: number[] = [];
  for (const [i, name] of (isList ? after : [after]).entries()) {
    if (typeof name !== 'string') continue;
    const row = rows.get(name);
    if (row !== undefined) found.push(row);
    else {
      const names = [...rows.keys()].filter((each) => typeof each === 'string');
      const suggestion = didYouMean(name, names) ?? `there is ${listed(names)}`;
      report(isList ? [...path, i] : path, `there is no stage ${quote(name)}`, suggestion);
    }
  }
  return found;
}

/** Reports each circle once, at what the first of its stages waits for. */
function reportCycles(stages: readonly unknown[], edges: readonly number[][], path: Path, report: Report): void {
  const done = new Set<number>();
  for (const first of stages.keys()) {
    const chain: number[] = [];
    const circle = done.has(first) ? null : findCircle(first, edges, chain, done);
    if (circle === null) continue;
    const start = Math.min(...circle);
    const from = circle.indexOf(start);
    const names = [...circle.slice(from), ...circle.slice(0, from), start].map((s) =>
      quote(String(at(stages[s], 'name'))),
    );
    const message = `stages wait for one another in a circle: ${names.join(' waits for ')}`;
    report([...path, 'stages', start, 'after'], message);
    for (const each of circle) done.add(each);
  }
}

/** Follows what stages wait for until one comes again; gives the circle, each stage before what it waits for, or null. */
function findCircle(stage: number, edges: readonly number[][], chain: number[], done: Set<number>): number[] | null {
  const begin = chain.indexOf(stage);
  if (begin >= 0) return chain.slice(begin);
  if (done.has(stage)) return null;
  chain.push(stage);
  for (const parent of edges[stage]!) {
    const circle = findCircle(parent, edges, chain, done);
    if (circle !== null) return circle;
  }
  chain.pop();
  done.add(stage);
  return null;
}

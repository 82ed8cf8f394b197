import { findPlacement } from '../../allocators/placement/registry.ts';
import { resource } from '../../base/amounts.ts';
import { NONE } from '../../base/ids.ts';
import { openStream } from '../../base/random.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { CaseError, type Fields } from '../fields.ts';
import { commonScale, type Fraction, inSteps, parseFraction } from '../fraction.ts';
import type { Verdict } from '../verdict.ts';
import { servedRuns } from './served-runs.ts';

const PLACEMENTS: Readonly<Record<string, string>> = {
  FF: 'first-fit',
  BF: 'best-fit',
  WF: 'worst-fit',
  first: 'first-fit',
  best: 'best-fit',
  worst: 'worst-fit',
};

/** Items and bins in whole steps, one column a resource. */
interface Problem {
  readonly capacity: readonly number[];
  readonly items: readonly (readonly number[])[];
  /** Steps in one unit, one a resource. */
  readonly scales: readonly number[];
}

/** Items go one by one to a bin that our placement finds; a new bin is opened when it finds none. */
export async function binPacking(one: Fields, verdict: Verdict): Promise<void> {
  const problem = readProblem(one);
  const optimum = one.has('optimalBins') ? one.number('optimalBins') : null;
  for (const { policy, run } of servedRuns(one, 'bin-packing', verdict)) {
    const decreasing = policy.endsWith('FD');
    const placement = PLACEMENTS[decreasing ? policy.slice(0, -1) : policy];
    if (placement === undefined) throw new CaseError(`unknown policy \`${policy}\``);
    if (decreasing && problem.capacity.length > 1) throw new CaseError('sizes of several resources have no order');
    const items = decreasing ? problem.items.toSorted((a, b) => b[0]! - a[0]!) : problem.items;
    const bins = pack({ ...problem, items }, placement);
    comparePacking(policy, { ...problem, items }, bins, run, verdict);
    const used = Math.max(-1, ...bins) + 1;
    if (optimum !== null) verdict.holds(`${policy}: ${used} bins >= the optimum ${optimum}`, used >= optimum);
  }
}

function readProblem(one: Fields): Problem {
  const row = (value: unknown): Fraction[] =>
    (Array.isArray(value) ? value : [value]).map((amount) => {
      const fraction = parseFraction(amount);
      if (fraction === null) throw new CaseError(`expected an amount, got ${JSON.stringify(amount)}`);
      return fraction;
    });
  const capacity = row(one.raw('capacity'));
  const items = one.list('items').map(row);
  if (items.some((item) => item.length !== capacity.length)) throw new CaseError('an item has not one size a resource');
  const scales = capacity.map((amount, r) => commonScale([amount, ...items.map((item) => item[r]!)]));
  const steps = (amounts: readonly Fraction[]) => amounts.map((amount, r) => inSteps(amount, scales[r]!));
  return { capacity: steps(capacity), items: items.map(steps), scales };
}

/** Gives the bin of each item, in the order in which bins were opened. */
function pack({ capacity, items, scales }: Problem, placement: string): number[] {
  const bins: number[] = [];
  let open = 0;
  let room = openRoom(open);
  items.forEach((_, item) => {
    let bin = room.find(item);
    if (bin === NONE) {
      room = openRoom(++open);
      bin = room.find(item);
      if (bin === NONE) throw new CaseError(`item ${item} fits into no bin`);
    }
    room.put(item, bin);
    bins.push(bin);
  });
  return bins;

  /** A cluster of so many nodes, with the items packed so far where they are. */
  function openRoom(count: number): { find(item: number): number; put(item: number, bin: number): void } {
    const resources = capacity.map((_, r) => resource(`r${r}`, { scale: scales[r]! }));
    const cluster = new Cluster(resources, [{ name: 'bin', count, capacity, attributes: {} }]);
    const framework = cluster.addFramework('items', 'items');
    const entry = {
      index: 0,
      name: 'items',
      framework,
      submit: 0,
      estimate: 1,
      runTime: 0,
      width: 0,
      area: 0,
      priority: 0,
      weight: 0,
      flags: 0,
      constraint: 0,
      source: 0,
    };
    const demand = Float64Array.from(items.flat());
    const run = new Float64Array(items.length).fill(1);
    const job = cluster.submit({ ...entry, taskCount: items.length }, run, demand, 0);
    const first = cluster.firstQueuedTask(job);
    const chosen = findPlacement(placement).create(cluster, openStream('conformance', placement));
    const put = (item: number, bin: number) => {
      cluster.start(first + item, bin);
      chosen.placed?.(bin);
    };
    for (const [item, bin] of bins.entries()) put(item, bin);
    return { find: (item) => (count === 0 ? NONE : chosen.find(first + item)), put };
  }
}

function comparePacking(
  policy: string,
  problem: Problem,
  bins: readonly number[],
  run: Fields,
  verdict: Verdict,
): void {
  const { capacity, items, scales } = problem;
  const count = Math.max(-1, ...bins) + 1;
  const content = Array.from({ length: count }, (_, bin) => items.filter((_item, i) => bins[i] === bin));
  if (run.has('bins')) {
    const expected = run.list('bins');
    verdict.near(`${policy} bins`, content.length, expected.length);
    for (const [bin, sizes] of expected.entries()) {
      if (!Array.isArray(sizes)) throw new CaseError(`${policy}: bin ${bin} is no list`);
      const own = (content[bin] ?? []).map((item) => item[0]! / scales[0]!);
      verdict.nearList(`${policy} bin ${bin}`, own, sizes);
    }
  }
  if (run.has('node')) verdict.nearList(`${policy} node`, bins, run.list('node'));
  for (const key of ['count', 'nodesUsed']) if (run.has(key)) verdict.near(`${policy} ${key}`, count, run.raw(key));
  if (run.has('residual')) {
    const residual = content.map((held) =>
      capacity.map((amount, r) => (amount - held.reduce((sum, item) => sum + item[r]!, 0)) / scales[r]!),
    );
    const expected = run.list('residual').map((row) => (Array.isArray(row) ? row : [row]));
    verdict.near(`${policy} residual bins`, residual.length, expected.length);
    for (const [bin, row] of expected.entries())
      verdict.nearList(`${policy} residual ${bin}`, residual[bin] ?? [], row);
  }
}

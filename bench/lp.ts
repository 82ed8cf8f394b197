/**
 * Times one pass of `lp-weighted`, and the bare solver on the model that the pass makes.
 *
 * Usage: tsx bench/lp.ts <classes of tasks> <classes of nodes> <passes> pass|solver. Each pass has a cluster of its own,
 * drawn as the family that rounding is measured on.
 */

import type { Allocator, Decisions } from '../src/allocators/allocator.ts';
import { createAllocator } from '../src/allocators/create.ts';
import { buildModel } from '../src/allocators/lp/build-model.ts';
import { resource } from '../src/base/amounts.ts';
import { openStream } from '../src/base/random.ts';
import { Cluster } from '../src/cluster/cluster.ts';
import { loadSolver } from '../src/optimization/load-solver.ts';
import { planFamily } from '../test/support/plan-family.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';

const [kinds, nodes, passes] = process.argv.slice(2, 5).map(Number) as [number, number, number];
const wantsPass = process.argv[5] === 'pass';
const solver = await loadSolver();

/** A cluster with the nodes and the queue of a problem; amounts are whole steps. */
function clusterOf(seed: number): Cluster {
  const { tasks, nodes: free } = planFamily(kinds, nodes, seed);
  const resources = ['cpus', 'mem', 'disk'].map((name) => resource(name));
  const groups = free.map((node, j) => ({ name: `n${j}`, count: 1, capacity: Array.from(node.free), attributes: {} }));
  const cluster = new Cluster(resources, groups);
  cluster.addFramework('a', 'a');
  for (const [index, { demand, count, weight }] of tasks.entries()) {
    const entry = {
      index,
      name: index,
      framework: 0,
      submit: 0,
      estimate: 1,
      runTime: 1,
      width: 0,
      area: 0,
      priority: 0,
    };
    const more = { weight: cluster.weights.add(weight), flags: 0, constraint: 0, source: 0, taskCount: count };
    const all = Float64Array.from({ length: count * demand.length }, (_, at) => demand[at % demand.length]!);
    cluster.submit({ ...entry, ...more }, new Float64Array(count).fill(1), all, 0);
  }
  return cluster;
}

async function pass(seed: number): Promise<{ cpu: number; found: number }> {
  const cluster = clusterOf(seed);
  const allocator: Allocator = await createAllocator('lp-weighted', { 'task-classes': kinds }, cluster, (name) =>
    openStream('1', name),
  );
  for (let job = cluster.firstQueuedJob(); job >= 0; job = cluster.nextQueuedJob(job)) allocator.onJobQueued!(job);
  let found = 0;
  const decide = {
    explaining: false,
    record() {},
    launch(task: number, node: number) {
      const job = cluster.jobOf(task);
      cluster.start(task, node);
      allocator.onTaskStarted!(task, job, node);
      found++;
    },
  };
  const began = cpuSeconds();
  allocator.allocate(cluster, decide as unknown as Decisions);
  return { cpu: cpuSeconds() - began, found };
}

function solve(seed: number): { cpu: number; found: number } {
  const { model, stages } = buildModel(planFamily(kinds, nodes, seed), 'unmet-demand');
  for (let v = 0; v < model.variables; v++) model.columns.cost[v] = stages[0]!.costs[v]!;
  const began = cpuSeconds();
  const outcome = solver.solve(model);
  return { cpu: cpuSeconds() - began, found: outcome.status === 'optimal' ? 1 : 0 };
}

/** The first passes pay for compiling. */
const WARM = 10;
let cpu = 0;
let found = 0;
for (let seed = 1; seed <= WARM + passes; seed++) {
  const one = wantsPass ? await pass(seed) : solve(seed);
  if (seed <= WARM) continue;
  cpu += one.cpu;
  found += one.found;
}
report(cpu, {}, { found });

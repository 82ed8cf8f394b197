import { createAllocator } from '../../../allocators/create.ts';
import { resource } from '../../../base/amounts.ts';
import { Interner } from '../../../base/interner.ts';
import { openStream } from '../../../base/random.ts';
import { toSeconds } from '../../../base/time.ts';
import { Cluster } from '../../../cluster/cluster.ts';
import { createMetrics } from '../../../metrics/metrics.ts';
import { Simulation } from '../../../simulation/simulation.ts';
import { inlineJobs } from '../../../workload/inline-jobs.ts';
import { CaseError } from '../../fields.ts';
import { asLaw, exponential } from '../laws.ts';
import { measure } from '../measure.ts';
import type { Model } from '../model.ts';
import { SLICES, SliceRatio } from '../slice-ratio.ts';

/** Jobs of all runs of the first attempt together. */
const FIRST = 640_000;

/** Jobs of one or two processors on two, all there from the start, in strict order: how fast they get done. */
export const saturated: Model = {
  id: /^msj-2-/,
  answer({ params, expectations }) {
    const [servers, p1] = [params.number('servers'), params.number('p1')];
    if (servers !== 2) throw new CaseError('the jobs are of one or two processors, on two');
    return measure(
      expectations,
      async (jobs) => {
        const each = Math.ceil(jobs / SLICES);
        const [throughput, utilization] = [new SliceRatio(), new SliceRatio()];
        for (let run = 0; run < SLICES; run++) {
          const result = await workOff(p1, each, run);
          throughput.add(run, each, result.makespan);
          utilization.add(run, result.utilization, 1);
        }
        return {
          maxThroughput: throughput.estimate(),
          utilizationAtSaturation: utilization.estimate(),
          utilization: utilization.estimate(),
          capacityBound: servers / (p1 + 2 * (1 - p1)),
        };
      },
      FIRST,
    );
  },
};

async function workOff(p1: number, jobs: number, run: number): Promise<{ makespan: number; utilization: number }> {
  const resources = [resource('cpus', { scale: 1 })];
  const cluster = new Cluster(resources, [{ name: 'station', count: 1, capacity: [2], attributes: {} }]);
  const frameworks = new Interner();
  const template = {
    tasks: asLaw({ constant: 1 }, 1),
    demand: [asLaw({ empirical: { values: [1, 2], weights: [p1, 1 - p1] } }, 1)],
    duration: exponential(1).distribution,
    estimate: null,
    priority: 0,
    gang: false,
    constraint: 0,
  };
  const source = inlineJobs(
    { label: 'jobs', name: 'job', framework: 'jobs', jobs, submit: 0, every: asLaw({ constant: 0 }, 1), template },
    {
      resources,
      frameworks,
      source: 0,
      stream: (name) => openStream('conformance', `saturated/${run}/${name}`),
      infeasible: () => null,
    },
  );
  const metrics = createMetrics({ resources });
  const allocator = await createAllocator('fifo', {}, cluster, (name) => openStream('conformance', name));
  const simulation = new Simulation({
    cluster,
    frameworks,
    roleOf: (framework) => framework,
    sources: [source],
    allocator,
    observers: metrics.observers,
  });
  const { end } = await simulation.run();
  return { makespan: toSeconds(end), utilization: metrics.values()['utilization.cpus'] ?? Number.NaN };
}

import { type ResourceCatalog, resource } from '../../base/amounts.ts';
import type { TaskId } from '../../base/ids.ts';
import { Interner } from '../../base/interner.ts';
import { openStream } from '../../base/random.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { ConstraintTable } from '../../cluster/constraints.ts';
import { fragmentOf } from '../../cluster/fragmentation.ts';
import type { TaskMix } from '../../cluster/task-mix.ts';
import { TaskTally } from '../../cluster/task-tally.ts';
import { Auditor } from '../../simulation/auditor.ts';
import type { ObservedRun, Observer } from '../../simulation/observer.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { JobBatch } from '../../workload/job-batch.ts';
import { openAccount } from '../../workload/workload-source.ts';
import type { OpenbPolicy } from './openb-policies.ts';
import { gpuOf, podStream } from './pod-stream.ts';
import type { OpenbNode, OpenbPod } from './read-openb.ts';
import { CPUS, GPUS } from './scored-placement.ts';

const RESOURCES: ResourceCatalog = [
  resource('cpus'),
  resource('mem', { scale: 1 }),
  resource('gpus', { devices: true }),
];
const TYPE = 'model';
/** Part of the pods that typical ones are. */
const POPULARITY = 0.95;
/** Pods come a second apart and outlast the run. */
const APART = 1_000_000;

/** What stood when pods that had come asked for a part of the GPUs, all in percent of the GPUs but the ratio. */
export interface OpenbPoint {
  readonly allocated: number;
  /** What typical pods cannot use of what is idle, and its part of what is idle. */
  readonly fragments: number;
  readonly fragmentRatio: number;
}

export interface OpenbExperiment {
  readonly nodes: readonly OpenbNode[];
  readonly pods: readonly OpenbPod[];
  readonly policy: OpenbPolicy;
  readonly seed: string;
  /** Percent of the GPUs that pods ask for in the end. */
  readonly target: number;
  /** Percents asked for at which the cluster is looked at, ascending. */
  readonly at: readonly number[];
}

/** Submits the pods of a list one by one to a policy, through the engine; none ever leaves, and what fits nowhere waits. */
export async function runOpenb(experiment: OpenbExperiment): Promise<OpenbPoint[]> {
  const { nodes, pods, policy, seed, target, at } = experiment;
  const byName = [...nodes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const cluster = new Cluster(
    RESOURCES,
    byName.map((node) => ({
      name: node.name,
      count: 1,
      capacity: [node.cpu, node.mem, node.gpus * 1000],
      attributes: { [TYPE]: node.type },
    })),
  );
  const gpus = cluster.totalCapacity(GPUS);
  const list = podStream(pods, (gpus * target) / 100, openStream(seed, 'openb/pods'));
  const tally = tallyOfPods(pods, cluster.constraints);
  const allocator = await policy(cluster, openStream(seed, 'openb/policy'), tally);
  const frameworks = new Interner();
  const batch = batchOf(list, cluster, frameworks.id('pods'));
  const gauge = new Gauge(tally.typical(POPULARITY), at, gpus);
  const simulation = new Simulation({
    cluster,
    frameworks,
    roleOf: (framework) => framework,
    sources: [
      {
        name: 'openb',
        account: openAccount('openb', 'openb'),
        async *batches() {
          yield batch;
        },
      },
    ],
    allocator,
    observers: [new Auditor(), gauge],
    until: list.length * APART,
  });
  await simulation.run();
  return gauge.close();
}

/** Counts the pods of a list by their shape, of which the published programs hold memory to be no part. */
export function tallyOfPods(pods: readonly OpenbPod[], constraints = new ConstraintTable()): TaskTally {
  const tally = new TaskTally(RESOURCES);
  for (const pod of pods) tally.add([pod.cpu, 0, gpuOf(pod)], 0, constraintOf(pod, constraints));
  return tally;
}

function batchOf(pods: readonly OpenbPod[], cluster: Cluster, framework: number): JobBatch {
  const batch = new JobBatch(RESOURCES.length);
  for (const [i, pod] of pods.entries()) {
    const row = batch.addJob(i, framework, i * APART);
    batch.constraint[row] = constraintOf(pod, cluster.constraints);
    const first = batch.addTask((pods.length + 1) * APART) * RESOURCES.length;
    batch.demand.set([pod.cpu, pod.mem, gpuOf(pod)], first);
  }
  return batch;
}

function constraintOf({ spec }: OpenbPod, constraints: ConstraintTable): number {
  return constraints.add(spec === '' ? {} : { [TYPE]: spec.split('|') });
}

/** Looks at the cluster each time the pods that have come are about to ask for more than a part of the GPUs. */
class Gauge implements Observer {
  readonly #mix: TaskMix;
  readonly #at: readonly number[];
  readonly #gpus: number;
  readonly #points: OpenbPoint[] = [];
  #run!: ObservedRun;
  #asked = 0;

  constructor(mix: TaskMix, at: readonly number[], gpus: number) {
    this.#mix = mix;
    this.#at = at;
    this.#gpus = gpus;
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onJobSubmitted(_time: number, job: number): void {
    this.#asked += this.#run.view.demand(this.#run.firstTaskOf(job) as TaskId, GPUS);
    while (this.#points.length < this.#at.length && this.#asked > (this.#at[this.#points.length]! * this.#gpus) / 100)
      this.#points.push(this.#look());
  }

  /** The pods end before they ask for the last part. */
  close(): OpenbPoint[] {
    while (this.#points.length < this.#at.length) this.#points.push(this.#look());
    return this.#points;
  }

  #look(): OpenbPoint {
    const { view } = this.#run;
    let fragments = 0;
    for (let node = 0; node < view.nodeCount; node++) {
      const nodeClass = view.nodeClass(node);
      const devices = Float64Array.from({ length: view.deviceCount(node, GPUS) }, (_, d) =>
        view.deviceFree(node, GPUS, d),
      );
      const rest = Float64Array.of(view.free(node, CPUS), view.free(node, CPUS + 1));
      const mayRun = Array.from(this.#mix.constraint, (row) => Number(view.classSatisfies(nodeClass, row)));
      fragments += fragmentOf(this.#mix, { devices, rest }, mayRun) / this.#mix.of;
    }
    const idle = view.totalFree(GPUS);
    return {
      allocated: (100 * (this.#gpus - idle)) / this.#gpus,
      fragments: (100 * fragments) / this.#gpus,
      fragmentRatio: idle === 0 ? 0 : (100 * fragments) / idle,
    };
  }
}

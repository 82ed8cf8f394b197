// An allocator of one's own beside two of the registry, on the same jobs: `npx tsx examples/custom-allocator.ts`.
import {
  type Allocator,
  Auditor,
  Cluster,
  type ClusterView,
  createAllocator,
  createMetrics,
  type Decisions,
  type FrameworkId,
  fromSeconds,
  Interner,
  JobBatch,
  NONE,
  openAccount,
  openStream,
  resource,
  Simulation,
  toSteps,
  type WorkloadSource,
} from '../src/index.ts';

/**
 * Frameworks take turns: each starts one task, on the first node where it fits.
 *
 * All it keeps is whose turn it is. It starts single tasks, so it is not for gangs: those want `decide.launchGang`.
 */
class Turns implements Allocator {
  readonly name = 'turns';
  #next: FrameworkId = 0;

  allocate(view: ClusterView, decide: Decisions): void {
    // Who can start nothing loses the turn; the pass is over when all have lost it one after the other.
    let lost = 0;
    while (lost < view.frameworkCount) {
      lost = this.#startOne(this.#next, view, decide) ? 0 : lost + 1;
      this.#next = (this.#next + 1) % view.frameworkCount;
    }
  }

  #startOne(framework: FrameworkId, view: ClusterView, decide: Decisions): boolean {
    const job = view.firstQueuedJobOf(framework);
    if (job === NONE) return false;
    const task = view.firstQueuedTask(job);
    for (let node = 0; node < view.nodeCount; node++) {
      if (!view.fits(task, node)) continue;
      decide.launch(task, node);
      return true;
    }
    return false;
  }
}

const cpus = resource('cpus');
const mem = resource('mem');
const resources = [cpus, mem];

/** Four nodes of 8 cpus and 16 GiB; capacities are whole steps. */
function cluster(): Cluster {
  const capacity = [toSteps(8, cpus, 'capacity').amount, toSteps(16 * 1024, mem, 'capacity').amount];
  return new Cluster(resources, [{ name: 'node', count: 4, capacity, attributes: {} }]);
}

/** At time 0 a batch of 60 tasks for 100 s, each with 1 cpu; every 20 s a web task that wants 2 cpus for 30 s. */
function jobs(frameworks: Interner): WorkloadSource {
  const account = openAccount('two frameworks', 'example');
  const add = (
    batch: JobBatch,
    framework: string,
    submit: number,
    tasks: number,
    demand: number[],
    seconds: number,
  ) => {
    account.read++;
    batch.addJob(`${framework}-${account.read}`, frameworks.id(framework), fromSeconds(submit));
    for (let i = 0; i < tasks; i++) {
      // Adding a task may replace the columns by longer ones, so its row comes first.
      const task = batch.addTask(fromSeconds(seconds));
      batch.demand.set(demand, task * batch.resources);
    }
  };
  return {
    name: 'two frameworks',
    account,
    async *batches() {
      const batch = new JobBatch(resources.length);
      add(batch, 'batch', 0, 60, [1_000, 2_048_000], 100);
      for (let i = 0; i < 10; i++) add(batch, 'web', 20 * i, 1, [2_000, 512_000], 30);
      yield batch;
    },
  };
}

async function simulate(make: (on: Cluster) => Allocator | Promise<Allocator>): Promise<void> {
  const on = cluster();
  const metrics = createMetrics({ resources });
  const frameworks = new Interner();
  const allocator = await make(on);
  const { end, jobs: counts } = await new Simulation({
    cluster: on,
    frameworks,
    roleOf: (framework) => framework,
    sources: [jobs(frameworks)],
    allocator,
    observers: [new Auditor(), ...metrics.observers],
  }).run();
  const waits = [0, 1].map((id) => `${on.frameworkName(id)} ${metrics.framework(id)['wait.mean']} s`);
  const used = metrics.values()['utilization.cpus']! * 100;
  console.log(
    `${allocator.name.padEnd(6)} ${counts.completed} jobs in ${end / 1e6} s, mean wait: ${waits.join(', ')}; cpus ${used.toFixed(1)} %`,
  );
}

const fromRegistry = (name: string) => (on: Cluster) =>
  createAllocator(name, {}, on, (stream) => openStream('1', `allocator/${stream}`));

await simulate(() => new Turns());
await simulate(fromRegistry('fifo'));
await simulate(fromRegistry('drf'));

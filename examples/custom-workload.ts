// A workload of one's own, made while the run goes: `npx tsx examples/custom-workload.ts`.
import {
  Cluster,
  createAllocator,
  createMetrics,
  formatDuration,
  fromSeconds,
  Interner,
  JobBatch,
  openAccount,
  openStream,
  resource,
  Simulation,
  type WorkloadSource,
} from '../src/index.ts';

const SEED = '1';
const cpus = resource('cpus');

/** What a cron table does to a cluster: every minute some jobs at once, every hour many more. */
function cronTable(hours: number, frameworks: Interner): WorkloadSource {
  const account = openAccount('cron table', 'example');
  // One stream a purpose: other run times leave the number of jobs as it is.
  const counts = openStream(SEED, 'cron/counts');
  const durations = openStream(SEED, 'cron/durations');
  const [minutely, hourly] = [frameworks.id('minutely'), frameworks.id('hourly')];

  function add(batch: JobBatch, framework: number, minute: number, meanSeconds: number): void {
    account.read++;
    batch.addJob(account.read, framework, fromSeconds(60 * minute));
    const run = fromSeconds(-Math.log(1 - durations()) * meanSeconds);
    // Adding a task may replace the columns by longer ones, so its row comes first.
    const task = batch.addTask(run);
    batch.demand[task * batch.resources] = cpus.scale;
  }

  return {
    name: 'cron table',
    account,
    // A batch an hour: the simulation asks for the next one when it needs it, so a year takes no more memory.
    async *batches() {
      for (let hour = 0; hour < hours; hour++) {
        const batch = new JobBatch(1);
        for (let minute = 60 * hour; minute < 60 * (hour + 1); minute++) {
          const many = minute % 60 === 0 ? 40 : 0;
          for (let i = 0; i < many; i++) add(batch, hourly, minute, 120);
          const few = Math.floor(5 * counts());
          for (let i = 0; i < few; i++) add(batch, minutely, minute, 30);
        }
        yield batch;
      }
    },
  };
}

for (const processors of [4, 8, 16]) {
  const cluster = new Cluster(
    [cpus],
    [{ name: 'pool', count: 1, capacity: [processors * cpus.scale], attributes: {} }],
  );
  const frameworks = new Interner();
  const source = cronTable(24, frameworks);
  const metrics = createMetrics({ resources: [cpus] });
  const allocator = await createAllocator('fifo', {}, cluster, (name) => openStream(SEED, `allocator/${name}`));
  await new Simulation({
    cluster,
    frameworks,
    roleOf: (framework) => framework,
    sources: [source],
    allocator,
    observers: metrics.observers,
  }).run();
  const { read, replayed } = source.account;
  const waits = ['wait.mean', 'wait.p95', 'wait.max'].map((name) =>
    formatDuration(fromSeconds(metrics.values()[name]!)),
  );
  console.log(
    `${String(processors).padStart(2)} cpus: ${read} jobs made, ${replayed} run; wait mean ${waits[0]}, p95 ${waits[1]}, max ${waits[2]}`,
  );
}

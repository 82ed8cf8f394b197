import { createAllocator, type ResolvedAllocator, resolveAllocator, startsOnly } from '../allocators/create.ts';
import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import { ScenarioError } from '../base/errors.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import { Interner } from '../base/interner.ts';
import { openStream } from '../base/random.ts';
import { toSeconds } from '../base/time.ts';
import { DIGEST_FORMAT, VERSION } from '../base/version.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Pool } from '../cluster/pool.ts';
import { type Cell, JobRows } from '../metrics/job-rows.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';
import { TaskRows } from '../metrics/task-rows.ts';
import { Timeline } from '../metrics/timeline.ts';
import type { Running, RunResult, WindowValues } from '../report/run-result.ts';
import { Auditor } from '../simulation/auditor.ts';
import { RunDigest } from '../simulation/digest.ts';
import { FaultWatch } from '../simulation/fault-watch.ts';
import type { JobOutcome } from '../simulation/job-outcome.ts';
import type { Observer } from '../simulation/observer.ts';
import type { Pacer } from '../simulation/pacer.ts';
import { fitsPool, PoolSimulation } from '../simulation/pool-simulation.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { RunCounts, SimulationParts } from '../simulation/simulation-parts.ts';
import { type Lie, lyingSource } from '../workload/lying-source.ts';
import { total, type WorkloadSource } from '../workload/workload-source.ts';
import { buildCluster } from './build-cluster.ts';
import { buildEvents } from './build-events.ts';
import { buildParties } from './build-parties.ts';
import { buildWorkload } from './build-workload.ts';
import { Channels } from './channels.ts';
import { holdAgainst } from './hold-thresholds.ts';
import type { Scenario } from './schema.ts';
import type { Services } from './services.ts';
import { Stopwatch } from './stopwatch.ts';
import { surveyWorkload } from './survey-workload.ts';
import { readDuration } from './values.ts';
import { withNodes } from './whole-cluster.ts';

/** What a caller wants beside the result. */
export interface RunOptions {
  /** Replays all facts in independent books and stops at the first that cannot be true. */
  readonly audit?: boolean;
  /** Takes the rows of jobs.csv and tasks.csv as they come. */
  readonly jobRow?: (row: readonly Cell[]) => void;
  readonly taskRow?: (row: readonly Cell[]) => void;
  readonly observers?: readonly Observer[];
  /** Has one framework claim what is not so. */
  readonly lie?: Lie;
  /** False where nobody will ask the timeline for the shares of roles, which take a tenth of a short run to keep. */
  readonly roleShares?: boolean;
  /** Watches the run between rounds; may end it early. */
  readonly pacer?: Pacer;
}

/** A run that has ended, with what reports draw on. */
export interface FinishedRun {
  readonly result: RunResult;
  readonly timeline: Timeline;
  readonly cluster: Cluster;
  readonly sources: readonly WorkloadSource[];
}

/** Rejected jobs that the result lists. */
const REJECTED_LISTED = 100;

/** Which allocator a scenario runs: its own, else the first of those it compares. */
function chosenAllocator(scenario: Scenario): ResolvedAllocator {
  const { name, ...options } = scenario.allocator;
  const outcome = resolveAllocator(name, options);
  if ('resolved' in outcome) return outcome.resolved;
  throw new ScenarioError(outcome.problems.map(({ key, ...rest }) => ({ path: `allocator.${key}`, ...rest })));
}

/**
 * Makes everything that a scenario names and runs it once.
 *
 * @throws ScenarioError if the input is wrong or no record of it can be replayed; AllocatorError, PartyFault,
 * SimulationError.
 */
export async function runScenario(
  scenario: Scenario,
  services: Services,
  options: RunOptions = {},
): Promise<FinishedRun> {
  const channels = new Channels(services.openChannel);
  try {
    return await runOnce(scenario, services, options, channels);
  } finally {
    channels.close();
  }
}

async function runOnce(
  scenario: Scenario,
  services: Services,
  options: RunOptions,
  channels: Channels,
): Promise<FinishedRun> {
  const began = services.clock();
  const { whole, accounts: nodeLists } = withNodes(scenario, services);
  const cluster = buildCluster(whole);
  const { events, accounts: eventLists } = buildEvents(scenario, cluster, services);
  const frameworks = new Interner();
  const chosen = chosenAllocator(scenario);
  const { lie } = options;
  const honest = await buildWorkload(scenario, cluster, frameworks, services);
  const capacity = (r: number) => cluster.totalCapacity(r);
  const told = { resources: cluster.resources, frameworks, capacity };
  const sources = lie === undefined ? honest : honest.map((source) => lyingSource(source, lie, told));
  const stream = (name: string) => openStream(scenario.seed, `allocator/${name}`);
  const parties = buildParties(scenario, cluster.resources);
  const solving = new Stopwatch(services.clock);
  const pool = startsOnly(chosen) && fitsPool(cluster, sources, events) ? new Pool(cluster) : null;
  const allocator = await createAllocator(
    chosen.name,
    chosen.options,
    pool ?? cluster,
    stream,
    parties,
    channels.open,
    solving.time,
    () => surveyWorkload(scenario, cluster, services),
  );
  if (allocator.assumesOneSpeed) refuseSpeeds(scenario, chosen.name);
  const warmup = scenario.warmup === undefined ? undefined : readDuration(scenario.warmup)!;
  const metrics = createMetrics({ resources: cluster.resources, ...(warmup !== undefined && { warm: warmup }) });
  const timeline = new Timeline(cluster.resources, metrics.intervals, options.roleShares === false ? 0 : undefined);
  const digest = new RunDigest(digestHeader(scenario, chosen), services.sha256);
  const rejected = new RejectedJobs();
  const faults = new FaultWatch();
  const simulated: SimulationParts = {
    cluster,
    frameworks,
    roleOf: (framework) => scenario.frameworks?.[framework]?.role ?? framework,
    sources,
    allocator,
    initialFrameworks: allocator.isTwoLevel ? parties.listed : [],
    events,
    order: scenario.simulation.conventions === 'pyss' ? 'event-by-event' : 'rounds',
    observers: [
      ...(options.audit ? [new Auditor()] : []),
      digest,
      faults,
      ...metrics.observers,
      timeline,
      rejected,
      ...(options.jobRow ? [new JobRows(options.jobRow)] : []),
      ...(options.taskRow ? [new TaskRows(options.taskRow)] : []),
      ...(options.observers ?? []),
    ],
    ...(scenario.until !== undefined && { until: readDuration(scenario.until)! }),
    ...(warmup !== undefined && { warmup }),
    ...(options.pacer && { pacer: options.pacer }),
  };
  const simulation = pool === null ? new Simulation(simulated) : new PoolSimulation(simulated, pool);
  const counts = await simulation.run();
  refuseEmpty(counts, sources);
  const values = metrics.values();
  const windows: RunResult['windows'] = metrics.windows();
  const wall = (services.clock() - began) / 1_000;
  const result: RunResult = {
    schema: 'allot.result/1',
    scenario: scenario.name ?? 'unnamed',
    seed: scenario.seed,
    allocator: { name: chosen.name, ...chosen.options },
    digest: digest.digest,
    schedule_digest: digest.scheduleDigest,
    interrupted: counts.interrupted,
    reproducible: !faults.hasSeenFault,
    time: {
      start_s: toSeconds(counts.start),
      end_s: toSeconds(counts.end),
      window_s: lengthOf(windows['steady'] ?? windows['full']),
    },
    jobs: counts.jobs,
    tasks: counts.tasks,
    workload: sources.map(({ account }) => ({
      source: account.source,
      format: account.format,
      read: account.read,
      replayed: account.replayed,
      rejected: account.rejected,
      skipped: account.skipped,
      notes: account.notes,
    })),
    ...(nodeLists.length > 0 && { cluster: nodeLists }),
    ...(eventLists.length > 0 && { events: eventLists }),
    metrics: values,
    approximate: metrics.approximate(),
    windows,
    frameworks: frameworkResults(cluster, metrics),
    roles: roleResults(cluster, metrics),
    rejected: rejected.first,
    thresholds: counts.interrupted ? [] : holdAgainst(scenario.thresholds ?? {}, values),
    engine: {
      version: VERSION,
      events: counts.events,
      passes: counts.passes,
      wall_s: wall,
      ...(solving.spans > 0 && { solving_s: solving.total / 1_000 }),
      jobs_per_s: wall > 0 ? Math.round(counts.jobs.submitted / wall) : 0,
      peak_memory_mib: services.peakMemory(),
    },
  };
  return { result, timeline, cluster, sources };
}

/** Seconds; zero for a window in which no job was replayed. */
function lengthOf(window: WindowValues | undefined): number {
  return (window?.end_s ?? 0) - (window?.start_s ?? 0);
}

/** What decides a run beside its input, on one line. */
function digestHeader(scenario: Scenario, allocator: ResolvedAllocator): string {
  return JSON.stringify({
    digest: DIGEST_FORMAT,
    seed: scenario.seed,
    conventions: scenario.simulation.conventions,
    allocator: [allocator.name, Object.entries(allocator.options)],
  });
}

/** @throws ScenarioError if some work goes faster on one node than on another. */
function refuseSpeeds(scenario: Scenario, name: string): void {
  const problems = scenario.workload.flatMap((item, i) => {
    const isDrawn = 'generate' in item;
    const speeds = isDrawn ? item.generate.speeds : 'trace' in item ? undefined : item.speeds;
    if (speeds === undefined) return [];
    const path = `workload.${i}.${isDrawn ? 'generate.' : ''}speeds`;
    return [{ path, message: `\`${name}\` goes by how long work takes at speed 1 and does not know \`speeds\`` }];
  });
  if (problems.length > 0) throw new ScenarioError(problems);
}

/** A run without a job yields no figure: says what became of the records instead. */
function refuseEmpty(counts: RunCounts, sources: readonly WorkloadSource[]): void {
  if (counts.jobs.submitted > 0) return;
  throw new ScenarioError(
    sources.map(({ account }) => {
      const reasons = Object.entries(account.skipped).map(([reason, count]) => `${count} ${reason}`);
      const left = reasons.length > 0 ? `: ${reasons.join(', ')}` : '';
      return {
        path: '',
        message: `no job was submitted: ${account.read} read = 0 replayed + ${account.rejected} rejected + ${total(account.skipped)} skipped${left}`,
        place: { file: account.source },
      };
    }),
  );
}

class RejectedJobs implements Observer {
  readonly first: { job: string | number; reason: string }[] = [];

  onJobRejected(job: JobOutcome): void {
    if (this.first.length < REJECTED_LISTED) this.first.push({ job: job.name, reason: job.reason });
  }
}

function frameworkResults(cluster: Cluster, metrics: Metrics): RunResult['frameworks'] {
  const results: Record<string, RunResult['frameworks'][string]> = {};
  for (let framework: FrameworkId = 0; framework < cluster.frameworkCount; framework++) {
    const used = (r: number) => cluster.frameworkUsed(framework, r);
    results[cluster.frameworkName(framework)] = {
      role: cluster.roleName(cluster.roleOf(framework)),
      metrics: metrics.framework(framework),
      running: running(cluster, used, cluster.runningTasksOf(framework)),
    };
  }
  return results;
}

function roleResults(cluster: Cluster, metrics: Metrics): RunResult['roles'] {
  const tasks = new Array<number>(cluster.roleCount).fill(0);
  for (let framework: FrameworkId = 0; framework < cluster.frameworkCount; framework++) {
    for (let role: RoleId = cluster.roleOf(framework); role >= 0; role = cluster.roleParent(role)) {
      tasks[role] = tasks[role]! + cluster.runningTasksOf(framework);
    }
  }
  const results: Record<string, RunResult['roles'][string]> = {};
  for (let role: RoleId = 0; role < cluster.roleCount; role++) {
    results[cluster.roleName(role)] = {
      weight: cluster.roleWeight(role),
      metrics: metrics.role(role),
      running: running(cluster, (r) => cluster.roleUsed(role, r), tasks[role]!),
    };
  }
  return results;
}

function running(cluster: Cluster, used: (resource: number) => number, tasks: number): Running {
  const { resources } = cluster;
  const shares = resources.map((_, r) => (cluster.totalCapacity(r) > 0 ? used(r) / cluster.totalCapacity(r) : 0));
  return { tasks, amounts: amountsOf(resources, used), dominantShare: Math.max(0, ...shares) };
}

function amountsOf(resources: ResourceCatalog, used: (resource: number) => number): Record<string, number> {
  return Object.fromEntries(resources.map((resource, r) => [resource.name, toUnits(used(r), resource)]));
}

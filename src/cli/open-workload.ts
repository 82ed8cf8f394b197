import { extname } from 'node:path';
import { stringify } from 'yaml';
import { readHead } from '../base/byte-source.ts';
import { ScenarioError, SimulationError } from '../base/errors.ts';
import { Interner } from '../base/interner.ts';
import { openStream } from '../base/random.ts';
import { ConstraintTable } from '../cluster/constraints.ts';
import { JobWeights } from '../cluster/job-weights.ts';
import { fileProblem } from '../platform/files.ts';
import { buildCluster } from '../scenario/build-cluster.ts';
import { buildWorkload, traceOptions } from '../scenario/build-workload.ts';
import { withNodes } from '../scenario/whole-cluster.ts';
import type { JobBatch } from '../workload/job-batch.ts';
import { mergeSources } from '../workload/merge.ts';
import { detectFormat, openTrace, traceReader } from '../workload/readers/registry.ts';
import { traceCatalog } from '../workload/readers/trace-catalog.ts';
import type { WorkloadTables } from '../workload/workload-digest.ts';
import { plainContext, type WorkloadSource } from '../workload/workload-source.ts';
import { checkScenario, type LoadedScenario, readScenario } from './read-scenario.ts';
import { type TraceArguments, traceSettings } from './replay-options.ts';
import { nodeServices } from './services.ts';
import { yamlOption } from './yaml-option.ts';

/** The seed of a replay where nobody gives one. */
const SEED = '1';

/** What says where jobs come from. */
export interface WorkloadArguments extends TraceArguments {
  /** A trace, or a scenario with all of its workload. */
  readonly trace: string;
  /** In YAML. */
  readonly columns?: string | undefined;
  readonly options?: string | undefined;
  /** True to have a record be one task where the format allows it, so that lines of the file are known. */
  readonly prefersRows?: boolean | undefined;
  /** In place of a file, for jobs that are drawn. */
  readonly loaded?: Pick<LoadedScenario, 'scenario' | 'services'> | undefined;
}

/** Jobs as a run would get them, beside no run. */
export interface OpenWorkload {
  readonly sources: readonly WorkloadSource[];
  readonly tables: WorkloadTables;
  /** How many processors a log says that its machine had; null where it does not say. */
  readonly machine: number | null;
  /** Which part of the bytes has been read, 0 to 1; null where that is not known. */
  share(): number | null;
  /** The jobs of all sources in order of submit time, the first at zero or later. */
  batches(): AsyncIterable<JobBatch>;
}

/**
 * Opens the jobs of a trace, or of a scenario.
 *
 * Those of a trace are counted in all resources that it tells of, and no cluster keeps one out. Those of a scenario are
 * counted in what its cluster has.
 *
 * @throws ScenarioError if an option is wrong or something cannot be read.
 */
export async function openWorkload(args: WorkloadArguments): Promise<OpenWorkload> {
  if (args.loaded !== undefined) return openLoaded(args.loaded);
  const trouble = fileProblem(args.trace);
  if (trouble !== null) throw new ScenarioError(trouble, { file: args.trace });
  return (await isScenario(args)) ? openScenario(args) : openLog(args);
}

/** A scenario is YAML or JSON that speaks of a cluster and a workload; a trace may be either, too. */
async function isScenario({ trace, format }: WorkloadArguments): Promise<boolean> {
  if (format !== undefined || !['.yaml', '.yml', '.json'].includes(extname(trace).toLowerCase())) return false;
  const head = new TextDecoder().decode(await readHead(nodeServices('.').openTrace(trace)));
  return ['version', 'cluster', 'workload'].every((key) => new RegExp(`^[\\s{,]*"?${key}"?\\s*:`, 'm').test(head));
}

async function openScenario(args: WorkloadArguments): Promise<OpenWorkload> {
  const given = [...traceSettings(args).map(([name]) => name), ...(['columns', 'options'] as const)];
  const out = given.find((name) => args[name] !== undefined);
  if (out !== undefined)
    throw new ScenarioError(`--${out} is for traces; a scenario says itself how its traces are read`);
  return openLoaded(readScenario(args.trace, []));
}

async function openLoaded({
  scenario,
  services,
}: Pick<LoadedScenario, 'scenario' | 'services'>): Promise<OpenWorkload> {
  const { whole } = withNodes(scenario, services);
  const cluster = buildCluster(whole);
  const frameworks = new Interner();
  const sources = await buildWorkload(scenario, cluster, frameworks, services);
  const { resources, constraints, weights } = cluster;
  return {
    sources,
    tables: { resources, frameworks, wishes: (row) => constraints.row(row), weight: weightOf(weights) },
    machine: null,
    share: () => null,
    batches: () => fromZero(mergeSources(sources, resources.length)),
  };
}

async function openLog(args: WorkloadArguments): Promise<OpenWorkload> {
  const services = nodeServices('.');
  const bytes = services.openTrace(args.trace);
  const item = traceItem(args);
  const reader = item.format === undefined ? await detectFormat(bytes) : traceReader(item.format);
  const rows = args.prefersRows && args.as === undefined && (reader.canBe?.includes('pool') ?? true);
  const machine = await reader.machine?.(bytes);
  const options = { ...traceOptions(item, reader.name), ...(rows && { as: 'pool' as const }) };
  const resources = await traceCatalog(bytes, options);
  const frameworks = new Interner();
  const constraints = new ConstraintTable();
  const weights = new JobWeights();
  const source = openTrace(
    bytes,
    options,
    plainContext({
      resources,
      frameworks,
      constraint: (wanted, speeds) => constraints.add(wanted, speeds),
      weight: (weight, priority) => weights.rowFor(weight, priority),
      openFile: (file) => services.openTrace(file),
      // As a replay would draw, so that both see the same jobs.
      stream: (name) => openStream(SEED, `workload/0/${name}`),
    }),
  );
  return {
    sources: [source],
    tables: { resources, frameworks, wishes: (row) => constraints.row(row), weight: weightOf(weights) },
    machine: typeof machine === 'number' ? machine : null,
    share: () => services.readShare(args.trace),
    batches: () => source.batches(),
  };
}

/** Checks the options as those of a scenario's trace, whose cluster does not matter. */
function traceItem(args: WorkloadArguments) {
  const read = (name: 'columns' | 'options') =>
    args[name] === undefined ? undefined : yamlOption(args[name], `--${name}`);
  const [columns, options] = [read('columns'), read('options')];
  const settings = {
    ...Object.fromEntries(traceSettings(args)),
    ...(columns !== undefined && { columns }),
    ...(options !== undefined && { options }),
  };
  const names = ['cpus', ...Object.keys((columns as { demand?: object } | undefined)?.demand ?? {})];
  const text = stringify({
    version: 1,
    name: 'trace',
    seed: SEED,
    cluster: { nodes: [{ name: 'any', count: 1, capacity: Object.fromEntries(names.map((name) => [name, 1])) }] },
    workload: [{ trace: { file: args.trace, ...settings } }],
    allocator: 'fifo',
  });
  const [item] = checkScenario(text, 'the options of the trace', '.', []).scenario.workload;
  if (item === undefined || !('trace' in item)) throw new SimulationError('the item of a trace is none');
  return item.trace;
}

function weightOf(weights: JobWeights): (row: number) => number | null {
  return (row) => (row === 0 ? null : weights.of(row, 0));
}

/** Jobs that never fit may come before time 0, which is the first that fits; without a cluster that has no meaning. */
async function* fromZero(batches: AsyncIterable<JobBatch>): AsyncGenerator<JobBatch> {
  let zero = Number.NaN;
  for await (const batch of batches) {
    if (Number.isNaN(zero) && batch.jobs > 0) zero = Math.min(0, batch.submit[0]!);
    if (zero < 0) for (let job = 0; job < batch.jobs; job++) batch.submit[job]! -= zero;
    yield batch;
  }
}

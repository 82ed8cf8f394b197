import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bytesInMemory } from '../../src/base/byte-source.ts';
import { checkScenario } from '../../src/cli/read-scenario.ts';
import { nodeServices } from '../../src/cli/services.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import { realTraces, traceIndex } from './real-traces.ts';

/** One workload as 32 nodes of Grid'5000 ran it under OAR, times in seconds since the first submission. */
export interface RealRun {
  readonly run: string;
  readonly seed: number;
  readonly jobs: readonly RealJob[];
}

interface RealJob {
  readonly id: number;
  readonly submit: number;
  readonly start: number;
  readonly stop: number;
  readonly walltime: number;
  readonly nodes: number;
}

/** What is compared of an execution, in seconds. */
export interface Outcome {
  readonly meanWait: number;
  readonly makespan: number;
}

/** The workload file of a seed, in the folder of real traces. */
function workloadFile(seed: number): string {
  return join(realTraces!, `batsim-g5k/g5k_workload_delay_seed${seed}_size32.json.gz`);
}

/** Gives the executions whose workload the folder has, and that ran it as it is, on all 32 nodes. */
export function realRuns(): readonly RealRun[] {
  const file = 'batsim-g5k/oar_runs.csv.gz';
  const stats = traceIndex().find((entry) => entry.file === file)!.stats as unknown as {
    readonly runs: readonly { run: string; seed: number; comparable_with_workload_file: boolean }[];
  };
  const files = new Set(traceIndex().map((entry) => entry.file));
  const [, ...lines] = gunzipSync(readFileSync(join(realTraces!, file)))
    .toString()
    .trim()
    .split('\n');
  const rows = lines.map((line) => line.split(','));
  return stats.runs
    .filter(
      ({ seed, comparable_with_workload_file }) =>
        comparable_with_workload_file && files.has(`batsim-g5k/g5k_workload_delay_seed${seed}_size32.json.gz`),
    )
    .map(({ run, seed }) => {
      const own = rows.filter((row) => row[0] === run && Number(row[1]) === seed);
      const first = Math.min(...own.map((row) => Number(row[4])));
      const jobs = own.map(([, , id, , submit, start, stop, walltime, nodes]) => ({
        id: Number(id),
        submit: Number(submit) - first,
        start: Number(start) - first,
        stop: Number(stop) - first,
        walltime: Number(walltime),
        nodes: Number(nodes),
      }));
      return { run, seed, jobs };
    });
}

/** What happened. */
export function realOutcome({ jobs }: RealRun): Outcome {
  const waits = jobs.map(({ submit, start }) => start - submit);
  return {
    meanWait: waits.reduce((a, b) => a + b, 0) / jobs.length,
    makespan: Math.max(...jobs.map(({ stop }) => stop)) - Math.min(...jobs.map(({ submit }) => submit)),
  };
}

/** What an allocator makes of the workload file of a seed. */
export function simulatedOutcome(seed: number, allocator: string): Promise<Outcome> {
  return simulate(workloadFile(seed), allocator);
}

/** What an allocator makes of the submissions, widths, walltimes and run times as they were in an execution. */
export function replayedOutcome({ jobs }: RealRun, allocator: string): Promise<Outcome> {
  const workload = {
    jobs: jobs.map(({ id, submit, walltime, nodes }) => ({ id, subtime: submit, res: nodes, walltime, profile: id })),
    profiles: Object.fromEntries(jobs.map(({ id, start, stop }) => [id, { type: 'delay', delay: stop - start }])),
  };
  return simulate('execution.json', allocator, JSON.stringify(workload));
}

async function simulate(file: string, allocator: string, text?: string): Promise<Outcome> {
  const scenario = `
version: 1
name: real-cluster
seed: 1
cluster: { nodes: [{ name: pool, count: 1, capacity: { cpus: 32 } }] }
workload: [{ trace: { file: ${JSON.stringify(text === undefined ? file : workloadFile(1))}, format: batsim } }]
allocator: ${allocator}
`;
  const { scenario: checked } = checkScenario(scenario, 'real-cluster', '.', []);
  const own = nodeServices('.');
  const services = text === undefined ? own : { ...own, openTrace: () => bytesInMemory(file, text) };
  const { result } = await runScenario(checked, services, { audit: true });
  return { meanWait: result.metrics['wait.mean']!, makespan: result.metrics['makespan']! };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { realTraces, traceIndex } from './real-traces.ts';
import { runText } from './run-in-process.ts';

/** A workflow as its file tells of it, read without any of the project's readers; times in seconds. */
export interface RealWorkflow {
  readonly name: string;
  readonly file: string;
  readonly tasks: number;
  readonly criticalPath: number;
  readonly makespan: number;
  /** Cores of each machine. */
  readonly machines: readonly number[];
}

interface Document {
  readonly workflow: {
    readonly specification: { readonly tasks: readonly { readonly id: string; readonly parents: readonly string[] }[] };
    readonly execution: {
      readonly makespanInSeconds: number;
      readonly tasks: readonly { readonly id: string; readonly runtimeInSeconds: number }[];
      readonly machines: readonly { readonly cpu: { readonly coreCount: number } }[];
    };
  };
}

/** Gives the workflows of WfCommons in the folder of real traces. */
export function realWorkflows(): readonly RealWorkflow[] {
  const files = traceIndex().filter(({ file }) => file.startsWith('workflows/wfcommons/'));
  return files.map(({ file }) => {
    const path = join(realTraces!, file);
    const { specification, execution } = (JSON.parse(gunzipSync(readFileSync(path)).toString()) as Document).workflow;
    const parents = new Map(specification.tasks.map((task) => [task.id, task.parents]));
    // Whole microseconds, as the simulation has them.
    const run = new Map(execution.tasks.map((task) => [task.id, Math.floor(task.runtimeInSeconds * 1e6 + 0.5)]));
    const ends = new Map<string, number>();
    const end = (id: string): number => {
      const known = ends.get(id);
      if (known !== undefined) return known;
      const time = Math.max(0, ...parents.get(id)!.map(end)) + run.get(id)!;
      ends.set(id, time);
      return time;
    };
    return {
      name: file.slice(file.lastIndexOf('/') + 1, -'.json.gz'.length),
      file: path,
      tasks: specification.tasks.length,
      criticalPath: Math.max(...specification.tasks.map(({ id }) => end(id))) / 1e6,
      makespan: execution.makespanInSeconds,
      machines: execution.machines.map(({ cpu }) => cpu.coreCount),
    };
  });
}

/** Gives the makespan of a workflow, simulated on nodes of so many cores, in seconds; the run is audited. */
export async function simulatedMakespan({ file }: RealWorkflow, cores: readonly number[]): Promise<number> {
  const nodes = cores.map((cpus, i) => ({ name: `m${i}`, count: 1, capacity: { cpus } }));
  const scenario = {
    version: 1,
    name: 'workflow',
    seed: 1,
    cluster: { nodes },
    workload: [{ trace: { file, format: 'wfcommons' } }],
    allocator: 'fifo',
  };
  const { metrics } = await runText(JSON.stringify(scenario));
  return metrics['makespan']!;
}

/** A row of the table in docs/validation.md. */
export function workflowRow(workflow: RealWorkflow, simulated: number): string {
  const { name, tasks, machines, criticalPath, makespan } = workflow;
  const cells = [tasks, `${machines.length} × ${machines[0]!}`, criticalPath.toFixed(1), simulated.toFixed(1)];
  return `| \`${name}\` | ${[...cells, makespan.toFixed(1), (makespan / simulated).toFixed(1)].join(' | ')} |`;
}

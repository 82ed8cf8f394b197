import { resolve } from 'node:path';
import type { Axis } from '../experiment/grid.ts';
import { makePlan, type Plan } from '../experiment/plan.ts';
import { sha256OfFile } from '../platform/files.ts';
import type { ExperimentArguments } from './experiment-options.ts';
import { readText } from './read-scenario.ts';
import { overridesOf } from './run-options.ts';
import { nodeServices } from './services.ts';

/** A plan, and where the paths of its scenarios begin. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly folder: string;
}

/**
 * Reads a scenario and plans the runs that options ask for.
 *
 * @throws ScenarioError if anything in it is wrong.
 */
export async function readPlan(
  path: string,
  args: ExperimentArguments,
  seeds: string | readonly string[],
  axes: readonly Axis[] = [],
): Promise<ReadPlan> {
  const { text, file, folder } = readText(path);
  const { set, until, threshold } = args;
  const services = { ...nodeServices(folder), traceHash: (trace: string) => sha256OfFile(resolve(folder, trace)) };
  const input = {
    text,
    file,
    overrides: overridesOf({ set, until, threshold }),
    allocators: args.allocators ?? [],
    seeds,
    axes,
  };
  return { plan: await makePlan(input, services), folder };
}

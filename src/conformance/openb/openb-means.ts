import { openbPolicies } from './openb-policies.ts';
import { type OpenbExperiment, type OpenbPoint, runOpenb } from './openb-run.ts';

export type OpenbPolicyName = keyof typeof openbPolicies;
export { openbPolicies };

/** The seeds of the published runs begin here. */
const FIRST_SEED = 42;
/** Percent of the GPUs that pods ask for in the end. */
const TARGET = 130;

/** Gives the means of an experiment over its first seeds, one point each. */
export async function meansOf(
  experiment: Omit<OpenbExperiment, 'seed' | 'target'>,
  seeds: number,
): Promise<OpenbPoint[]> {
  const runs: OpenbPoint[][] = [];
  for (let i = 0; i < seeds; i++) {
    runs.push(await runOpenb({ ...experiment, seed: String(FIRST_SEED + i), target: TARGET }));
  }
  const mean = (of: (points: readonly OpenbPoint[]) => number) => runs.reduce((sum, run) => sum + of(run), 0) / seeds;
  return experiment.at.map((_, i) => ({
    allocated: mean((points) => points[i]!.allocated),
    fragments: mean((points) => points[i]!.fragments),
    fragmentRatio: mean((points) => points[i]!.fragmentRatio),
  }));
}

import { CaseError, type Fields } from '../fields.ts';
import { meansOf, type OpenbPolicyName, openbPolicies } from '../openb/openb-means.ts';
import type { OpenbPoint } from '../openb/openb-run.ts';
import type { OpenbNode, OpenbPod } from '../openb/read-openb.ts';
import { short, type Verdict } from '../verdict.ts';

/** Figures by their name in the file, all in percent. */
const FIGURES: Readonly<Record<string, (point: OpenbPoint) => number>> = {
  gpu_alloc_pct: ({ allocated }) => allocated,
  frag_ratio_pct: ({ fragmentRatio }) => fragmentRatio,
  frag_amount_pct_of_total: ({ fragments }) => fragments,
};

const SEEDS = 10;
/** Standard deviations within which a mean must lie, and what a row of percents is exact to. */
const DEVIATIONS = 2;
const ROW = 0.1;

/** Figures of one list of pods, policy by policy, in the mean over seeds, at parts of the GPUs that were asked for. */
export async function listFigures(
  one: Fields,
  verdict: Verdict,
  nodes: readonly OpenbNode[],
  pods: readonly OpenbPod[],
): Promise<void> {
  for (const name of one.keys) {
    if (!Object.hasOwn(openbPolicies, name)) throw new CaseError(`unknown policy \`${name}\``);
    const policy = one.fields(name);
    // Runs of single seeds depend on the stream of chance of the program that made them.
    policy.prose('alloc_at_max_per_seed');
    const figures = policy.left;
    const at = [...new Set(figures.flatMap((figure) => [...policy.fields(figure).keys]))].map(Number);
    at.sort((a, b) => a - b);
    const points = await meansOf({ nodes, pods, policy: openbPolicies[name as OpenbPolicyName], at }, SEEDS);
    for (const figure of figures) {
      if (!Object.hasOwn(FIGURES, figure)) throw new CaseError(`unknown figure \`${figure}\``);
      const rows = policy.fields(figure);
      for (const key of rows.keys) {
        const [mean, deviation] = rows.numbers(key);
        const got = FIGURES[figure]!(points[at.indexOf(Number(key))]!);
        const room = Math.max(ROW, DEVIATIONS * deviation!);
        verdict.check(
          Math.abs(got - mean!) <= room,
          `${name} ${figure} at ${key}: got ${short(got)}, expected ${mean} within ${room}`,
        );
      }
    }
    verdict.serve(name);
  }
}

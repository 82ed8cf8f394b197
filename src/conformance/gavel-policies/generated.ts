import { maxMinObjective } from '../../allocators/gavel/max-min.ts';
import type { Solver } from '../../optimization/solver.ts';
import { CaseError, type Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { readByName } from './read-problem.ts';

/** The one recipe that is known, word by word. */
const RECIPE =
  'per job: v=r(); T=[v*(4+2*r()), v*(1.5+r()), v]; weight=[1,1,1,5][floor(r()*4)]; scale=[1,1,1,2,4,8][floor(r()*6)]';
const TOLERANCE = 1e-7;

/** A max-min model of many jobs, drawn by a recipe. */
export function generated(one: Fields, verdict: Verdict, solver: Solver): void {
  verdict.serve('max_min_fairness_perf');
  if (one.text('prng') !== 'mulberry32') throw new CaseError('the only generator known is mulberry32');
  if (one.text('recipe').replaceAll(' ', '') !== RECIPE.replaceAll(' ', '')) throw new CaseError('unknown recipe');
  const jobs = one.has('jobs') ? one.number('jobs') : Number(/-(\d+)$/.exec(one.text('id'))?.[1]);
  if (!(jobs > 0)) throw new CaseError('the id does not end with the number of jobs');
  const draw = mulberry32(one.number('seed'));
  const throughputs: number[][] = [];
  const weights: number[] = [];
  const scales: number[] = [];
  for (let j = 0; j < jobs; j++) {
    const v = draw();
    throughputs.push([v * (4 + 2 * draw()), v * (1.5 + draw()), v]);
    weights.push([1, 1, 1, 5][Math.floor(draw() * 4)]!);
    scales.push([1, 1, 1, 2, 4, 8][Math.floor(draw() * 6)]!);
  }
  if (one.has('first_job')) {
    const first = one.fields('first_job');
    verdict.nearList('first_job.T', throughputs[0]!, first.list('T'));
    verdict.near('first_job.weight', weights[0]!, first.number('weight'));
    verdict.near('first_job.scale', scales[0]!, first.number('scale'));
  }
  const counts = readByName(one, 'counts', ['v100', 'p100', 'k80']);
  const objective = maxMinObjective(solver, { throughputs, counts, scales }, weights);
  verdict.near('optimal_objective', objective, one.number('optimal_objective'), TOLERANCE);
}

/** Numbers from 0 up to 1 by 32-bit arithmetic, so that a recipe gives the same jobs everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

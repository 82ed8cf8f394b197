import type { Time } from '../../base/time.ts';
import { CaseError, Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { masterActions } from './master-actions.ts';
import { masterExpectations } from './master-expectations.ts';
import { MasterPlan } from './master-plan.ts';
import { MasterWorld } from './master-world.ts';
import { preludeOf, scriptOf } from './scripts.ts';

const SEEDS = 8;

/** Steps that speak of an agent as one that is there already. */
const OF_KNOWN_AGENTS = [
  'agentReregisters',
  'agentSocketBreaks',
  'agentStopsAnswering',
  'deactivateAgent',
  'removeAgent',
];

/** Plays what a case does with a master on the engine, with 8 seeds, and holds what it expects. */
export async function checkMasterCase(one: Fields, verdict: Verdict): Promise<void> {
  one.prose('sourceTest', 'description', 'tags', 'derived', 'notes', 'note');
  const flags = one.has('flags') ? one.fields('flags') : null;
  const steps = withPrelude(one.items('steps').flatMap((step) => spellOut(step, verdict)));
  verdict.serve('on the engine');
  const plan = new MasterPlan(steps);
  for (let seed = 0; seed < SEEDS; seed++) {
    const world = new MasterWorld(plan, flags, seed);
    await world.play(play(steps, world, verdict, seed));
  }
}

function* play(steps: readonly Fields[], world: MasterWorld, verdict: Verdict, seed: number): Iterator<Time> {
  for (const [i, step] of steps.entries()) {
    const op = step.text('op');
    const at = `seed ${seed} step ${i} ${op}`;
    const context = { step, world, verdict, at };
    step.prose('note', 'comment');
    if (Object.hasOwn(masterActions, op)) yield* masterActions[op]!(context);
    else if (Object.hasOwn(masterExpectations, op)) masterExpectations[op]!(context);
    else throw new CaseError(`${at}: unknown operation`);
  }
}

/** An expectation in words becomes the steps that it says. */
function spellOut(step: Fields, verdict: Verdict): Fields[] {
  if (step.text('op') !== 'expect') return [step];
  const { steps, leftOut } = scriptOf(step.text('text'));
  verdict.serve('words as a script');
  if (leftOut !== undefined) verdict.decline(...leftOut);
  return steps.map((one, i) => new Fields(one, `${step.path}.script.${i}`));
}

function withPrelude(steps: readonly Fields[]): readonly Fields[] {
  const first = steps[0];
  if (first === undefined || !OF_KNOWN_AGENTS.includes(first.text('op'))) return steps;
  const prelude = preludeOf(first.text('agent'), first.text('op') === 'agentReregisters');
  return [...prelude.map((one, i) => new Fields(one, `prelude.${i}`)), ...steps];
}

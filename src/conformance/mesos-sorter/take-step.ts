import { CaseError, type Fields } from '../fields.ts';

/** What each operation of a case does. */
export type Steps = Readonly<Record<string, (step: Fields, at: string) => void>>;

/**
 * Does one step of a case.
 *
 * @throws CaseError for an operation that there is not.
 */
export function takeStep(steps: Steps, step: Fields, at: string): void {
  const op = step.text('op');
  const act = Object.hasOwn(steps, op) ? steps[op] : undefined;
  if (act === undefined) throw new CaseError(`${at}: unknown operation \`${op}\``);
  step.prose('note', 'comment');
  act(step, `${at} ${op}`);
}

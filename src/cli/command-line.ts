import type { RunAnswer, RunTask } from './run-worker.ts';

/** What the bundle is started by. */
export { main } from './main.ts';

/** Carries out a run in a thread that was started on the bundle. */
export async function answer(task: RunTask): Promise<RunAnswer> {
  const { default: carryOut } = await import('./run-worker.ts');
  return carryOut(task);
}

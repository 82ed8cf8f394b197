/** What `run` and `replay` do, loaded by themselves: a run needs little of what the other commands do. */

export { readScenario } from './read-scenario.ts';
export { runAndReport } from './run-and-report.ts';

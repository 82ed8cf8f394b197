import type { OptionSpec } from '../base/options.ts';
import { placements } from './placement/registry.ts';

/** Which node a task goes to. */
export const placementOption: OptionSpec = {
  kind: 'choice',
  of: placements.map(({ name }) => name),
  default: 'first-fit',
  summary: 'which node a task goes to',
};

/** What happens when the head of the queue does not fit. */
export const queueOption: OptionSpec = {
  kind: 'choice',
  of: ['strict', 'skip'],
  default: 'strict',
  summary: 'what happens when the head does not fit: strict waits for it, skip goes on to those behind it',
};

/** Which run time a policy believes in. */
export const estimatesOption: OptionSpec = {
  kind: 'choice',
  of: ['requested', 'exact'],
  default: 'requested',
  summary: "the run time that the order goes by: the user's estimate, or the true one",
};

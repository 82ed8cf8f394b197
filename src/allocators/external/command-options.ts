import type { OptionSpec } from '../../base/options.ts';

/** Which program a party outside of this one is. */
export const commandOption: OptionSpec = {
  kind: 'texts',
  summary: 'the program and its arguments, started in the folder of the scenario',
};

/** How long such a party may think. */
export const timeLimitOption: OptionSpec = {
  kind: 'duration',
  default: '5s',
  summary: 'how long the program may take for each answer, its start included; then it is ended',
};

/** What becomes of a run when the program of a framework fails it. */
export const onErrorOption: OptionSpec = {
  kind: 'choice',
  of: ['fail', 'deactivate'],
  default: 'fail',
  summary:
    'what happens when the program crashes, hangs or breaks its contract: the run fails, or the framework is shut out and the run goes on, marked as not reproducible',
};

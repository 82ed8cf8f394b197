import type { CommandModule } from 'yargs';
import type { BaselineArguments } from '../baseline-actions.ts';
import { experimentOptions } from '../experiment-options.ts';
import { runOptions, scenarioPositional } from '../run-options.ts';

/** `allot baseline save|check <scenario>`: is it worse than it was, beyond chance? */
export const baseline: CommandModule<object, BaselineArguments> = {
  command: 'baseline <action> <scenario>',
  describe: 'Save what a scenario yields, or check that it has not become worse',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ['save', 'check'] as const, demandOption: true, describe: 'What to do' })
      .positional('scenario', scenarioPositional)
      .options(experimentOptions)
      .options({
        file: {
          alias: 'f',
          type: 'string',
          describe: 'The baseline; else <scenario>.baseline.json beside the scenario',
        },
        tolerance: { type: 'number', default: 0, describe: 'Let pass what is worse by no more than this part: 0.02' },
        reporter: runOptions.reporter,
      })
      .example('$0 baseline save s.yaml', 'then change something, and')
      .example('$0 baseline check s.yaml', 'exit code 3 if a metric is worse beyond chance'),
  handler: async (args) => {
    const { baselineAction } = await import('../actions.ts');
    process.exitCode = await baselineAction(args);
  },
};

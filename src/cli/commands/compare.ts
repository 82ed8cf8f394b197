import type { CommandModule } from 'yargs';
import type { CompareArguments } from '../compare-and-report.ts';
import { experimentOptions } from '../experiment-options.ts';
import { runOptions, scenarioPositional } from '../run-options.ts';

/** `allot compare <scenario>`: several allocators on the same random numbers, with confidence. */
export const compare: CommandModule<object, CompareArguments> = {
  command: 'compare <scenario>',
  describe: 'Compare allocators on the same random numbers, with confidence intervals',
  builder: (yargs) =>
    yargs
      .positional('scenario', scenarioPositional)
      .options(experimentOptions)
      .options({ threshold: runOptions.threshold, reporter: runOptions.reporter })
      .options({ out: { alias: 'o', type: 'string', describe: 'Write comparison.json and runs.jsonl to this folder' } })
      .example('$0 compare scenarios/quickstart.yaml -a drf -a fifo', 'ten seeds each')
      .example('$0 compare s.yaml --seeds 1..30 --metrics wait.mean,wait.p95', 'the `allocators` of the scenario'),
  handler: async (args) => {
    const { compareAndReport } = await import('../actions.ts');
    process.exitCode = await compareAndReport(args);
  },
};

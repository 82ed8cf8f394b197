import type { CommandModule } from 'yargs';
import {
  optionWords,
  overridesOf,
  quoteWord,
  type RunArguments,
  runOptions,
  scenarioPositional,
} from '../run-options.ts';

interface Arguments extends RunArguments {
  scenario: string;
}

/** `allot run <scenario>`: one run, a summary one can read. */
export const run: CommandModule<object, Arguments> = {
  command: 'run <scenario>',
  describe: 'Simulate a scenario once and print a summary',
  builder: (yargs) =>
    yargs
      .positional('scenario', scenarioPositional)
      .options(runOptions)
      .example('$0 run scenarios/quickstart.yaml', 'a summary')
      .example('$0 run s.yaml --allocator fifo --set cluster.nodes.0.count=64 --json', 'the result as JSON'),
  handler: async (args) => {
    const { readScenario, runAndReport } = await import('../run-actions.ts');
    const loaded = readScenario(args.scenario, overridesOf(args));
    process.exitCode = await runAndReport(loaded, args, (options) =>
      ['allot run', quoteWord(args.scenario), ...optionWords(options)].join(' '),
    );
  },
};

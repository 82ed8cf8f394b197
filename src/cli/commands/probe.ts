import type { CommandModule } from 'yargs';
import type { ProbeArguments } from '../probe-and-report.ts';
import { runOptions, scenarioPositional } from '../run-options.ts';

/** `allot probe <scenario>`: whether it pays to lie. */
export const probe: CommandModule<object, ProbeArguments> = {
  command: 'probe <scenario>',
  describe: 'Find out whether a framework gains by lying about what it needs',
  builder: (yargs) =>
    yargs
      .positional('scenario', scenarioPositional)
      .options({
        framework: {
          alias: 'f',
          type: 'string',
          array: true,
          nargs: 1,
          describe: 'A framework to probe; repeat it for several. Else the eight with the most useful tasks',
        },
        allocator: runOptions.allocator,
        seed: runOptions.seed,
        set: runOptions.set,
        until: runOptions.until,
        json: { type: 'boolean', describe: 'Print the probe as JSON' },
      })
      .example('$0 probe scenarios/ceei-lie.yaml', 'a line a framework: the best lie and what it gives')
      .example('$0 probe s.yaml -a drf --framework A --json', 'every lie of one framework'),
  handler: async (args) => {
    const { probeAndReport } = await import('../actions.ts');
    process.exitCode = await probeAndReport(args);
  },
};

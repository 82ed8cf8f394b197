import type { CommandModule } from 'yargs';
import type { LintArguments } from '../../inspect-trace.ts';
import { clusterOptions, traceOptions, tracePositional, traceYamlOptions } from '../../replay-options.ts';

/** `allot trace lint <trace>`: every suspicious record, by rule. */
export const lint: CommandModule<object, LintArguments> = {
  command: 'lint <trace>',
  describe: 'List every record that is left out or suspicious, by rule',
  builder: (yargs) =>
    yargs
      .positional('trace', tracePositional)
      .options({ ...clusterOptions, ...traceYamlOptions, ...traceOptions })
      .options({
        strict: { type: 'boolean', describe: 'Exit with 1 if anything is left out or suspicious' },
        all: { type: 'boolean', describe: 'Print up to 1,000 records of each rule, and not the first five' },
        json: { type: 'boolean', describe: 'Print as JSON' },
      })
      .example('$0 trace lint log.swf.gz', 'jobs wider than the header says, runs past the estimate, …')
      .example('$0 trace lint log.csv --columns … --strict', 'for CI'),
  handler: async (args) => {
    const { lintTrace } = await import('../../actions.ts');
    process.exitCode = await lintTrace(args);
  },
};

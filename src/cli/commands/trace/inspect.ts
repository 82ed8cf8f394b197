import type { CommandModule } from 'yargs';
import type { InspectArguments } from '../../inspect-trace.ts';
import { clusterOptions, traceOptions, tracePositional, traceYamlOptions } from '../../replay-options.ts';

/** `allot trace inspect <trace>`: counts, spans, load, distributions, frameworks and quirks. */
export const inspect: CommandModule<object, InspectArguments> = {
  command: 'inspect <trace>',
  describe: 'Show what a trace holds: counts, spans, load, distributions, frameworks, quirks',
  builder: (yargs) =>
    yargs
      .positional('trace', tracePositional)
      .options({ ...clusterOptions, ...traceYamlOptions, ...traceOptions })
      .options({ json: { type: 'boolean', describe: 'Print as JSON' } })
      .example('$0 trace inspect log.swf.gz', 'load against the machine that the header names')
      .example('$0 trace inspect pods.csv --nodes 1213xcpus:96,gpus:8d', 'load against that cluster'),
  handler: async (args) => {
    const { inspectTrace } = await import('../../actions.ts');
    process.exitCode = await inspectTrace(args);
  },
};

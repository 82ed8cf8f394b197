import type { CommandModule, Options, PositionalOptions } from 'yargs';
import type { ConvertArguments } from '../../convert-workload.ts';
import { traceOptions } from '../../replay-options.ts';
import { asTyped } from '../../standard-input.ts';

/** Where jobs come from. */
export const workloadPositional = {
  type: 'string',
  demandOption: true,
  coerce: asTyped,
  describe: 'A trace of any known format, gzip or plain, or a scenario with all of its workload',
} as const satisfies PositionalOptions;

/** Where jobs go to, and how their trace is read. */
export const convertOptions = {
  to: {
    alias: 'o',
    type: 'string',
    demandOption: true,
    coerce: asTyped,
    describe: 'The file to write: .csv, .parquet or .swf, with .gz packed; - for standard output',
  },
  'to-format': { type: 'string', describe: 'tidy-csv, tidy-parquet or swf, where the name does not tell' },
  lossy: { type: 'boolean', describe: 'Leave out what the format cannot hold' },
  columns: { type: 'string', describe: "Columns of a CSV or Parquet trace, in YAML: '{submit: t, duration: run, …}'" },
  options: { type: 'string', describe: "What only the trace's format knows, in YAML: '{mem-unit: MB}'" },
  json: { type: 'boolean', describe: 'Say what was written as JSON' },
  ...traceOptions,
} as const satisfies Record<string, Options>;

/** `allot trace convert <trace>`: the same jobs in another format. */
export const convert: CommandModule<object, ConvertArguments> = {
  command: 'convert <trace>',
  describe: 'Write the jobs of a trace or a scenario in another format',
  builder: (yargs) =>
    yargs
      .positional('trace', workloadPositional)
      .options(convertOptions)
      .example('$0 trace convert log.swf.gz --to log.parquet', 'everything that the jobs have, as columns')
      .example('$0 trace convert run.yaml --to jobs.csv.gz', 'the jobs that a scenario generates'),
  handler: async (args) => {
    const { convertWorkload } = await import('../../actions.ts');
    process.exitCode = await convertWorkload(args);
  },
};

import type { CommandModule } from 'yargs';
import type { ExportArguments } from '../export-folder.ts';

/** `allot export <dir>`: results in the formats of other tools. */
export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <dir>',
  describe: 'Write results as Parquet, or as a trace for Perfetto and Chrome',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', demandOption: true, describe: 'A folder that `run --out` made' })
      .options({
        format: {
          alias: 'f',
          choices: ['parquet', 'chrome', 'perfetto'] as const,
          demandOption: true,
          describe: 'parquet: tables; chrome and perfetto: the same JSON trace events, which both read',
        },
        out: {
          alias: 'o',
          type: 'string',
          describe: 'Folder (parquet) or file (trace.json) to write; else in the folder of results',
        },
      })
      .example('$0 export results/ --format parquet', 'jobs.parquet, tasks.parquet, timeline.parquet')
      .example('$0 export results/ --format perfetto -o run.json', 'open it at ui.perfetto.dev'),
  handler: async (args) => {
    const { exportFolder } = await import('../export-folder.ts');
    await exportFolder(args);
  },
};

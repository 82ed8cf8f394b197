import type { CommandModule } from 'yargs';
import type { ReportArguments } from '../report-and-write.ts';

/** `allot report <dir...>`: one page that needs nothing else. */
export const report: CommandModule<object, ReportArguments> = {
  command: 'report <dir...>',
  describe: 'Write one HTML page about results, side by side',
  builder: (yargs) =>
    yargs
      .positional('dir', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Folders that `run`, `compare` or `sweep` made with --out',
      })
      .options({
        out: { alias: 'o', type: 'string', describe: 'The file to write; else report.html in the first folder' },
      })
      .example('$0 report results/', 'results/report.html')
      .example('$0 report drf/ fifo/ -o both.html', 'two runs side by side'),
  handler: async (args) => {
    const { reportAndWrite } = await import('../report-and-write.ts');
    await reportAndWrite(args);
  },
};

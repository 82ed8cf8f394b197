import type { CommandModule } from 'yargs';
import { experimentOptions } from '../experiment-options.ts';
import type { MergeArguments } from '../merge-and-report.ts';

/** `allot merge <folders..>`: puts the results of several shards together. */
export const merge: CommandModule<object, MergeArguments> = {
  command: 'merge <folders..>',
  describe: 'Put the results of several shards of a sweep together',
  builder: (yargs) =>
    yargs
      .positional('folders', { type: 'string', array: true, demandOption: true, describe: 'Folders of results' })
      .options({
        metrics: experimentOptions.metrics,
        confidence: experimentOptions.confidence,
        out: { alias: 'o', type: 'string', describe: 'Folder of the whole; may be left out for one folder' },
        json: experimentOptions.json,
      })
      .example('$0 merge part1 part2 part3 --out whole', 'exit code 1 if a run is missing, 4 if two disagree'),
  handler: async (args) => {
    const { mergeAndReport } = await import('../actions.ts');
    process.exitCode = await mergeAndReport(args);
  },
};

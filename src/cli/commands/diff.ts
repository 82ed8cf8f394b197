import type { CommandModule } from 'yargs';
import { ExitCode } from '../exit-code.ts';
import { print, styleFor } from '../output.ts';

interface DiffArguments {
  a: string;
  b: string;
  json?: boolean | undefined;
  exitCode?: boolean | undefined;
}

/** `allot diff <a> <b>`: where two schedules of the same jobs part. */
export const diff: CommandModule<object, DiffArguments> = {
  command: 'diff <a> <b>',
  describe: 'Show where two schedules of the same jobs part, and how far jobs have moved',
  builder: (yargs) =>
    yargs
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe: "A folder of `run --out`, a jobs.csv, Batsim's jobs.csv, or SWF",
      })
      .positional('b', { type: 'string', demandOption: true, describe: 'The other one' })
      .options({
        json: { type: 'boolean', describe: 'Print as JSON' },
        'exit-code': { type: 'boolean', describe: 'Exit 4 if they differ' },
      })
      .example('$0 diff easy/ conservative/', 'two folders that runs were written to')
      .example('$0 diff easy/ log.swf.gz', 'against what really happened'),
  handler: async ({ a, b, json, exitCode }) => {
    const { diffSchedules, differenceText } = await import('../actions.ts');
    const difference = await diffSchedules(a, b);
    await print(
      json ? `${JSON.stringify(difference, null, 2)}\n` : differenceText(difference, styleFor(process.stdout)),
    );
    const differs = difference.same < difference.matched || difference.a.alone + difference.b.alone > 0;
    if (exitCode && differs) process.exitCode = ExitCode.notReproducible;
  },
};

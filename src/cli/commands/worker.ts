import type { CommandModule } from 'yargs';
import { experimentOptions } from '../experiment-options.ts';
import type { WorkArguments } from '../work-and-report.ts';

/** `allot worker <redis>`: does the runs that sweeps put into queues. */
export const worker: CommandModule<object, WorkArguments> = {
  command: 'worker <redis>',
  describe: 'Do the runs of sweeps that lie in queues, until told to stop',
  builder: (yargs) =>
    yargs
      .positional('redis', {
        type: 'string',
        demandOption: true,
        describe: 'Where the queues are: redis://[user:password@]host[:6379][/0]; rediss:// for TLS',
      })
      .options({
        threads: experimentOptions.threads,
        memory: experimentOptions.memory,
        'until-empty': { type: 'boolean', describe: 'End when no sweep has anything left to do' },
        folder: {
          type: 'string',
          describe: 'Where paths of scenarios begin here; else where they begin for the sweep',
        },
        programs: { type: 'boolean', describe: 'Take sweeps in which programs decide, and start those programs' },
      })
      .example('$0 worker redis://head:6379 -j 4', 'four runs at a time, until Ctrl-C'),
  handler: async (args) => {
    const { workAndReport } = await import('../actions.ts');
    process.exitCode = await workAndReport(args);
  },
};

import type { CommandModule } from 'yargs';
import { experimentOptions } from '../experiment-options.ts';
import { scenarioPositional } from '../run-options.ts';
import type { SweepArguments } from '../sweep-and-report.ts';

/** `allot sweep <scenario>`: allocators, settings and seeds, in parallel, to be taken up again after any end. */
export const sweep: CommandModule<object, SweepArguments> = {
  command: 'sweep <scenario>',
  describe: 'Run allocators × settings × seeds in parallel; resumable, in shards',
  builder: (yargs) =>
    yargs
      .positional('scenario', scenarioPositional)
      .options(experimentOptions)
      .options({
        grid: {
          alias: 'g',
          type: 'string',
          array: true,
          nargs: 1,
          describe: "Vary a value of the scenario: --grid cluster.nodes.0.count='[32, 64]'; may be repeated",
        },
        'dry-run': { type: 'boolean', describe: 'Say what would be run and how long it takes' },
        shard: { type: 'string', describe: 'Do one part of the runs only: 2/5 is the second of five' },
        queue: { type: 'string', describe: 'Have the runs done by workers: a Redis, as in redis://host:6379/0' },
        'keep-queue': { type: 'boolean', describe: 'Leave the runs in the queue on Ctrl-C; workers go on' },
        retries: { type: 'number', default: 2, describe: 'How often to try again a run whose thread has died' },
        out: { alias: 'o', type: 'string', describe: 'Folder of the results; else results/<name of the scenario>' },
      })
      .example("$0 sweep s.yaml -a drf -a fifo --grid cluster.nodes.0.count='[8, 16]' --dry-run", 'the plan')
      .example('$0 sweep s.yaml --seeds 1..30 --shard 2/5 --out part2', 'a fifth of it; then: allot merge'),
  handler: async (args) => {
    const { sweepAndReport } = await import('../actions.ts');
    process.exitCode = await sweepAndReport(args);
  },
};

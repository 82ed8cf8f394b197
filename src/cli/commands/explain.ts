import type { CommandModule } from 'yargs';
import type { ExplainArguments } from '../explain-target.ts';
import { runOptions } from '../run-options.ts';
import { asTyped } from '../standard-input.ts';

/** `allot explain <target>`: why jobs waited, as a timeline of reasons. */
export const explain: CommandModule<object, ExplainArguments> = {
  command: 'explain <target>',
  describe: 'Run again and tell why a job waited, and what would have let it start',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        demandOption: true,
        coerce: asTyped,
        describe: 'A folder of `run --out`, a manifest.json, or a scenario',
      })
      .options({
        job: { type: 'string', array: true, nargs: 1, describe: 'A job by its name in the workload; repeat for more' },
        index: { type: 'number', array: true, nargs: 1, describe: 'A job by its number in jobs.csv, from 0' },
        try: {
          type: 'string',
          array: true,
          nargs: 1,
          describe: 'Also say when it starts with a setting: --try cluster.nodes.0.count=5',
        },
        allocator: runOptions.allocator,
        seed: runOptions.seed,
        set: runOptions.set,
        until: runOptions.until,
        json: { type: 'boolean', describe: 'Print as JSON' },
      })
      .example('$0 explain results/ --job 4711', 'why job 4711 of a run that was written to a folder waited')
      .example('$0 explain scenario.yaml --job web --try allocator=drf', 'and when drf would have started it'),
  handler: async (args) => {
    const { explainTarget } = await import('../actions.ts');
    process.exitCode = await explainTarget(args);
  },
};

import type { CommandModule } from 'yargs';
import type { ConvertArguments } from '../../convert-workload.ts';
import { type SampleArguments, sampleRules } from '../../sample-rules.ts';
import { convertOptions, workloadPositional } from './convert.ts';

/** `allot trace sample <trace>`: fewer of the same jobs. */
export const sample: CommandModule<object, ConvertArguments & SampleArguments> = {
  command: 'sample <trace>',
  describe: 'Write some of the jobs of a trace or a scenario',
  builder: (yargs) =>
    yargs
      .positional('trace', workloadPositional)
      .options({
        jobs: { alias: 'n', type: 'string', describe: 'So many jobs, drawn at random' },
        share: { type: 'string', describe: 'Each job with this probability: 0.1 or 10%' },
        by: { type: 'string', describe: 'What --share draws: job (default), or framework with all its jobs' },
        from: { type: 'string', describe: 'Jobs submitted from this time on, such as 2d, which becomes time 0' },
        until: { type: 'string', describe: 'Jobs submitted before this time' },
        frameworks: { type: 'string', describe: 'Jobs of these frameworks alone: user-3,user-17' },
        seed: { type: 'string', describe: 'The seed, any text' },
      })
      .options(convertOptions)
      .example('$0 trace sample log.swf.gz --share 10% --to tenth.swf', 'arrivals keep their shape')
      .example('$0 trace sample log.swf.gz --share 0.2 --by framework --to some-users.csv', 'users keep theirs'),
  handler: async (args) => {
    const rules = sampleRules(args);
    const { convertWorkload } = await import('../../actions.ts');
    process.exitCode = await convertWorkload(args, rules);
  },
};

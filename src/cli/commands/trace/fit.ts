import type { CommandModule } from 'yargs';
import type { FitArguments } from '../../fit-workload.ts';
import { convertOptions, workloadPositional } from './convert.ts';

const { to: _, 'to-format': __, lossy: ___, ...reading } = convertOptions;

/** `allot trace fit <trace>`: the parameters of a model under which it would draw such jobs. */
export const fit: CommandModule<object, FitArguments> = {
  command: 'fit <trace>',
  describe: 'Print a model that draws jobs like those of a trace, and how alike they are',
  builder: (yargs) =>
    yargs
      .positional('trace', workloadPositional)
      .options({
        model: {
          alias: 'm',
          type: 'string',
          default: 'poisson',
          describe: 'poisson, mmpp, diurnal or lublin-feitelson',
        },
        seed: { type: 'string', default: '1', describe: 'Seed of the jobs that are drawn to compare' },
        ...reading,
        json: { type: 'boolean', describe: 'Print the fit as JSON' },
      })
      .example('$0 trace fit log.swf.gz --model diurnal', 'a `generate` block to paste into a scenario'),
  handler: async (args) => {
    const { fitWorkload } = await import('../../actions.ts');
    await fitWorkload(args);
  },
};

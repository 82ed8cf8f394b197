import type { CommandModule } from 'yargs';
import type { GenerateArguments } from '../../generated-scenario.ts';
import { convertOptions } from './convert.ts';

const { to, 'to-format': toFormat, lossy, json } = convertOptions;

/** `allot trace generate <model>`: jobs that a model draws, as a file. */
export const generate: CommandModule<object, GenerateArguments> = {
  command: 'generate <model>',
  describe: 'Draw jobs by a model and write them to a file',
  builder: (yargs) =>
    yargs
      .positional('model', {
        type: 'string',
        demandOption: true,
        describe: 'A model, such as poisson or lublin-feitelson',
      })
      .options({
        jobs: { alias: 'n', type: 'number', describe: 'How many jobs; this or --until (1000)' },
        until: { type: 'string', describe: 'When to stop drawing, such as 30d' },
        seed: { type: 'string', default: '1', describe: 'Seed of all chance (any text)' },
        set: {
          type: 'string',
          array: true,
          nargs: 1,
          describe: 'A key of the model, in YAML: --set rate=3/s, --set duration={exponential: {mean: 1h}}',
        },
        ...{ to: { ...to, alias: ['o', 'out'] }, 'to-format': toFormat, lossy, json },
      })
      .example('$0 trace generate lublin-feitelson -n 10000 --to jobs.swf --lossy', 'a batch log of 128 processors')
      .example('$0 trace generate poisson --set rate=6/m --set duration=90s -o jobs.csv', 'with what the model needs'),
  handler: async (args) => {
    const { generateTrace } = await import('../../actions.ts');
    process.exitCode = await generateTrace(args);
  },
};

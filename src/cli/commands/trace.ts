import type { CommandModule } from 'yargs';
import { convert } from './trace/convert.ts';
import { fit } from './trace/fit.ts';
import { generate } from './trace/generate.ts';
import { sample } from './trace/sample.ts';

/** `allot trace <what>`: look at traces, and make them. */
export const trace: CommandModule = {
  command: 'trace <what>',
  describe: 'Convert a trace, draw a sample of it, generate one, or fit a model to it',
  builder: (yargs) => {
    for (const command of [convert, sample, generate, fit] as CommandModule[]) yargs.command(command);
    return yargs.demandCommand(1, 'what is to be done with a trace?');
  },
  handler: () => {},
};

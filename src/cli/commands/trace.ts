import type { CommandModule } from 'yargs';
import { convert } from './trace/convert.ts';
import { fit } from './trace/fit.ts';
import { generate } from './trace/generate.ts';
import { inspect } from './trace/inspect.ts';
import { lint } from './trace/lint.ts';
import { sample } from './trace/sample.ts';

/** `allot trace <what>`: look at traces, and make them. */
export const trace: CommandModule = {
  command: 'trace',
  describe: 'Look at a trace, check it, convert, sample, generate or fit one',
  builder: (yargs) => {
    for (const command of [inspect, lint, convert, sample, generate, fit] as CommandModule[]) yargs.command(command);
    return yargs.demandCommand(1, 'what is to be done with a trace?');
  },
  handler: () => {},
};

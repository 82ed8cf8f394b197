import type { CommandModule } from 'yargs';
import { convert } from './trace/convert.ts';
import { sample } from './trace/sample.ts';

/** `allot trace <what>`: look at traces, and make them. */
export const trace: CommandModule = {
  command: 'trace <what>',
  describe: 'Convert a trace, or draw a sample of it',
  builder: (yargs) => {
    for (const command of [convert, sample] as CommandModule[]) yargs.command(command);
    return yargs.demandCommand(1, 'what is to be done with a trace?');
  },
  handler: () => {},
};

import type { CommandModule } from 'yargs';
import type { PlotArguments } from '../plot-and-write.ts';

/** `allot plot <dir...>`: a figure as SVG. */
export const plot: CommandModule<object, PlotArguments> = {
  command: 'plot <dir...>',
  describe: 'Draw a figure of one or several results as SVG',
  builder: (yargs) =>
    yargs
      .positional('dir', { type: 'string', array: true, demandOption: true, describe: 'Folders that `run --out` made' })
      .options({
        figure: {
          alias: 'f',
          type: 'string',
          demandOption: true,
          describe: 'utilization, shares, queue, wait-ecdf, slowdown-ecdf or gantt',
        },
        out: { alias: 'o', type: 'string', describe: 'Write it to this file instead of standard output' },
      })
      .example('$0 plot results/ --figure shares -o shares.svg', 'dominant shares over time'),
  handler: async (args) => {
    const { plotAndWrite } = await import('../plot-and-write.ts');
    await plotAndWrite(args);
  },
};

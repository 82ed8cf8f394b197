import type { CommandModule } from 'yargs';
import { print } from '../output.ts';
import { type ReplayArguments, replayCommand, traceOptions } from '../replay-options.ts';
import { runOptions } from '../run-options.ts';
import { asTyped } from '../standard-input.ts';

/** `allot replay <trace>`: no scenario needed; runs the scenario that it would have been. */
export const replay: CommandModule<object, ReplayArguments> = {
  command: 'replay <trace>',
  describe: 'Replay a trace without a scenario',
  builder: (yargs) =>
    yargs
      .positional('trace', {
        type: 'string',
        demandOption: true,
        coerce: asTyped,
        describe: 'A trace file (SWF or CSV, gzip or plain)',
      })
      .options({
        processors: { alias: 'p', type: 'string', describe: 'One pool of so many cpus; else what the header says' },
        nodes: {
          type: 'string',
          array: true,
          nargs: 1,
          describe: 'Nodes instead of a pool: --nodes 64xcpus:4,mem:8GB',
        },
        cluster: { type: 'string', describe: 'Nodes from a list in a file: --cluster nodes.csv' },
        columns: { type: 'string', describe: "Columns of a CSV trace, in YAML: '{submit: t, duration: run, …}'" },
        ...traceOptions,
        'print-scenario': { type: 'boolean', describe: 'Print the scenario and stop' },
      })
      .options(runOptions)
      .example('$0 replay log.swf.gz --allocator fifo', 'the pool that the header names')
      .example("$0 replay log.swf --processors 100 --allocator '{name: sjf, queue: skip}'", 'a pool of 100'),
  handler: async (args) => {
    const { replayScenario, runAndReport } = await import('../actions.ts');
    const { loaded, text } = await replayScenario(args);
    if (args['print-scenario']) {
      await print(text);
      return;
    }
    process.exitCode = await runAndReport(loaded, args, (options) => replayCommand({ ...args, ...options }));
  },
};

import type { CommandModule } from 'yargs';
import { print } from '../output.ts';
import {
  clusterOptions,
  type ReplayArguments,
  replayCommand,
  traceOptions,
  tracePositional,
  traceYamlOptions,
} from '../replay-options.ts';
import { runOptions } from '../run-options.ts';

/** `allot replay <trace>`: no scenario needed; runs the scenario that it would have been. */
export const replay: CommandModule<object, ReplayArguments> = {
  command: 'replay <trace>',
  describe: 'Replay a trace without a scenario',
  builder: (yargs) =>
    yargs
      .positional('trace', tracePositional)
      .options({
        ...clusterOptions,
        ...traceYamlOptions,
        ...traceOptions,
        'print-scenario': { type: 'boolean', describe: 'Print the scenario and stop' },
      })
      .options(runOptions)
      .example('$0 replay log.swf.gz --allocator fifo', 'the pool that the header names')
      .example("$0 replay log.swf --processors 100 --allocator '{name: sjf, queue: skip}'", 'a pool of 100'),
  handler: async (args) => {
    const [{ replayScenario }, { runAndReport }] = await Promise.all([
      import('../replay-scenario.ts'),
      import('../run-actions.ts'),
    ]);
    const { loaded, text } = await replayScenario(args);
    if (args['print-scenario']) {
      await print(text);
      return;
    }
    process.exitCode = await runAndReport(loaded, args, (options) => replayCommand({ ...args, ...options }));
  },
};

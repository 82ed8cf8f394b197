import type { CommandModule } from 'yargs';
import { print } from '../output.ts';
import { readScenario } from '../read-scenario.ts';
import { overridesOf, runOptions } from '../run-options.ts';
import { asTyped } from '../standard-input.ts';

interface Arguments {
  scenario: string;
  set?: string[] | undefined;
}

/** `allot check <scenario>`: finds every mistake without running. */
export const check: CommandModule<object, Arguments> = {
  command: 'check <scenario>',
  describe: 'Check a scenario without running it; every problem at once',
  builder: (yargs) =>
    yargs
      .positional('scenario', {
        type: 'string',
        demandOption: true,
        coerce: asTyped,
        describe: 'A scenario file (YAML or JSON), or -',
      })
      .options({ set: runOptions.set }),
  handler: async (args) => {
    const { scenario, file } = readScenario(args.scenario, overridesOf(args));
    const nodes = scenario.cluster.nodes.reduce((sum, { count }) => sum + count, 0);
    await print(
      `${file}: no problems (${nodes} nodes, ${scenario.workload.length} workload items, allocator ${scenario.allocator.name})\n`,
    );
  },
};

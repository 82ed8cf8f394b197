import type { CommandModule } from 'yargs';
import { print } from '../output.ts';
import { overridesOf, runOptions, scenarioPositional } from '../run-options.ts';

interface Arguments {
  scenario: string;
  set?: string[] | undefined;
}

/** `allot check <scenario>`: finds every mistake without running. */
export const check: CommandModule<object, Arguments> = {
  command: 'check <scenario>',
  describe: 'Check a scenario without running it; every problem at once',
  builder: (yargs) => yargs.positional('scenario', scenarioPositional).options({ set: runOptions.set }),
  handler: async (args) => {
    const { readScenario, withNodes } = await import('../actions.ts');
    const { scenario, file, services } = readScenario(args.scenario, overridesOf(args));
    const nodes = withNodes(scenario, services).whole.cluster.nodes.reduce((sum, { count }) => sum + count, 0);
    await print(
      `${file}: no problems (${nodes} nodes, ${scenario.workload.length} workload items, allocator ${scenario.allocator.name})\n`,
    );
  },
};

import type { CommandModule } from 'yargs';
import { ExitCode } from '../exit-code.ts';
import { print, styleFor, tell } from '../output.ts';
import { runOptions } from '../run-options.ts';
import type { VerifyArguments } from '../verify-target.ts';

/** `allot verify <manifest>`: runs again and compares the digest; exit 4 when it differs. */
export const verify: CommandModule<object, VerifyArguments> = {
  command: 'verify <target>',
  describe: 'Run again what a manifest records (or a scenario with --digest) and compare',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        demandOption: true,
        describe: 'A manifest.json, a folder that holds one, or a scenario together with --digest',
      })
      .options({ digest: { type: 'string', describe: 'The digest that the scenario must have' } })
      .options({ allocator: runOptions.allocator, seed: runOptions.seed, set: runOptions.set, until: runOptions.until })
      .example('$0 verify results/', 'exit 4 if anything came out differently'),
  handler: async (args) => {
    const { verifyTarget } = await import('../actions.ts');
    const { expected, got, changedTraces } = await verifyTarget(args);
    for (const trace of changedTraces) tell(`${trace} is not the file that was recorded: its SHA-256 differs`);
    const style = styleFor(process.stdout);
    if (got === expected && changedTraces.length === 0) {
      await print(`${style.good('reproduced')}  ${got}\n`);
      return;
    }
    await print(`${style.bad('not reproduced')}\n  expected ${expected}\n  got      ${got}\n`);
    process.exitCode = ExitCode.notReproducible;
  },
};

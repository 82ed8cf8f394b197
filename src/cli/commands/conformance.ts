import type { CommandModule } from 'yargs';
import { countOutcomes, formatCount, formatOutcome } from '../../conformance/case-outcome.ts';
import { runConformance } from '../../conformance/run-conformance.ts';
import { readCaseFiles, shippedCases } from '../case-files.ts';
import { ExitCode } from '../exit-code.ts';
import { print } from '../output.ts';

interface Arguments {
  cases?: string[] | undefined;
  long?: boolean | undefined;
  json?: boolean | undefined;
}

/** `allot conformance`: runs the case files that hold this version to published and recomputed results. */
export const conformance: CommandModule<object, Arguments> = {
  command: 'conformance',
  describe: 'Run the conformance cases: published numbers, schedules and queueing theory',
  builder: (yargs) =>
    yargs
      .options({
        cases: {
          type: 'string',
          array: true,
          requiresArg: true,
          describe: 'A folder with further case files; so does the variable CONFORMANCE_CASES',
        },
        long: { type: 'boolean', describe: 'Simulate queues to 2 % instead of 5 %: minutes instead of seconds' },
        json: { type: 'boolean', describe: 'Print as JSON' },
      })
      .example('$0 conformance --cases ./cases', 'one line a case; exit 1 if any fails'),
  handler: async ({ cases = [], long = false, json = false }) => {
    const { CONFORMANCE_CASES: further } = process.env;
    const files = readCaseFiles([shippedCases(), ...(further ? [further] : []), ...cases]);
    const lines: Promise<void>[] = [];
    const outcomes = await runConformance(files, {
      long,
      onOutcome: (outcome) => {
        if (!json) lines.push(print(`${formatOutcome(outcome)}\n`));
      },
    });
    await Promise.all(lines);
    const counts = countOutcomes(outcomes);
    const document = { schema: 'allot.conformance/1', ...counts, cases: outcomes };
    await print(json ? `${JSON.stringify(document, null, 2)}\n` : `${formatCount(outcomes)}\n`);
    if (counts.failed > 0) process.exitCode = ExitCode.failed;
  },
};

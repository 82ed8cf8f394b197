import type { CommandModule } from 'yargs';
import { ExitCode } from '../exit-code.ts';
import { print } from '../output.ts';

interface Arguments {
  cases?: string[] | undefined;
  traces?: string | undefined;
  long?: boolean | undefined;
  json?: boolean | undefined;
}

/** `allot conformance`: runs the case files that hold this version to published and recomputed results. */
export const conformance: CommandModule<object, Arguments> = {
  command: 'conformance',
  describe: 'Run the conformance cases: published numbers, schedules, real logs and queueing theory',
  builder: (yargs) =>
    yargs
      .options({
        cases: {
          type: 'string',
          array: true,
          requiresArg: true,
          describe: 'A folder with further case files; so does the variable CONFORMANCE_CASES',
        },
        traces: {
          type: 'string',
          requiresArg: true,
          describe:
            'The folder of the logs that cases replay; else ALLOT_TRACES, else ../shared/traces if there is one',
        },
        long: { type: 'boolean', describe: 'Simulate queues to 2 % instead of 5 %: minutes instead of seconds' },
        json: { type: 'boolean', describe: 'Print as JSON' },
      })
      .example('$0 conformance --cases ./cases', 'one line a case; exit 1 if any fails'),
  handler: async ({ cases = [], traces, long = false, json = false }) => {
    const { countOutcomes, formatCount, formatOutcome } = await import('../../conformance/case-outcome.ts');
    const { runConformance } = await import('../../conformance/run-conformance.ts');
    const { readCaseFiles, shippedCases } = await import('../case-files.ts');
    const { findTraceFolder } = await import('../trace-folder.ts');
    const { CONFORMANCE_CASES: further, ALLOT_TRACES } = process.env;
    const files = readCaseFiles([shippedCases(), ...(further ? [further] : []), ...cases]);
    const lines: Promise<void>[] = [];
    const outcomes = await runConformance(files, {
      long,
      traces: findTraceFolder(traces, ALLOT_TRACES),
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

import { probe } from '../experiment/probe.ts';
import { probeText } from '../experiment/probe-text.ts';
import { ExitCode } from './exit-code.ts';
import { interruptible } from './interruptible.ts';
import { print, styleFor } from './output.ts';
import { readScenario } from './read-scenario.ts';
import { optionWords, overridesOf, quoteWord } from './run-options.ts';
import { RunsProgress } from './runs-progress.ts';

/** What `probe` is told. */
export interface ProbeArguments {
  readonly scenario: string;
  readonly framework?: string[] | undefined;
  readonly allocator?: string | undefined;
  readonly seed?: string | undefined;
  readonly set?: string[] | undefined;
  readonly until?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Tries lies and says what they give; gives the exit code. */
export async function probeAndReport(args: ProbeArguments): Promise<number> {
  const { scenario, services } = readScenario(args.scenario, overridesOf(args));
  const progress = new RunsProgress(process.stderr, styleFor(process.stderr), 1);
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    progress.end();
  };
  const found = await interruptible('there is no probe', stop, async () => {
    try {
      return await probe(scenario, services, {
        ...(args.framework && { frameworks: args.framework }),
        onPlan: (runs) => progress.expect(runs - 1),
        onRun: () => progress.note(false),
        isStopped: () => stopped,
      });
    } finally {
      progress.end();
    }
  });
  if (found === null) return ExitCode.interrupted;
  const named = (args.framework ?? []).flatMap((name) => ['--framework', quoteWord(name)]);
  const reproduce = ['allot probe', quoteWord(args.scenario), ...optionWords(args), ...named].join(' ');
  await print(
    args.json ? `${JSON.stringify(found, null, 2)}\n` : probeText(found, reproduce, styleFor(process.stdout)),
  );
  return ExitCode.ok;
}

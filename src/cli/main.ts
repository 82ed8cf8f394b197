import yargs, { type Argv, type CommandModule } from 'yargs';
import { PartyFault } from '../allocators/external/party-fault.ts';
import { AllocatorError, ScenarioError, SimulationError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { VERSION } from '../base/version.ts';
import { RedisFault } from '../platform/redis-fault.ts';
import { githubProblem } from '../report/github.ts';
import { allocators } from './commands/allocators.ts';
import { baseline } from './commands/baseline.ts';
import { check } from './commands/check.ts';
import { compare } from './commands/compare.ts';
import { conformance } from './commands/conformance.ts';
import { diff } from './commands/diff.ts';
import { explain } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { init } from './commands/init.ts';
import { merge } from './commands/merge.ts';
import { metrics } from './commands/metrics.ts';
import { nodes } from './commands/nodes.ts';
import { plot } from './commands/plot.ts';
import { probe } from './commands/probe.ts';
import { replay } from './commands/replay.ts';
import { report } from './commands/report.ts';
import { run } from './commands/run.ts';
import { schema } from './commands/schema.ts';
import { sweep } from './commands/sweep.ts';
import { trace } from './commands/trace.ts';
import { verify } from './commands/verify.ts';
import { worker } from './commands/worker.ts';
import { ExitCode } from './exit-code.ts';
import { Interruption } from './interruption.ts';
import { styleFor, tell, widthOf } from './output.ts';
import { markStandardInput } from './standard-input.ts';

/** What the user typed is wrong; exit code 2. */
class UsageError extends Error {}

const commands = [
  run,
  replay,
  compare,
  probe,
  sweep,
  worker,
  merge,
  baseline,
  report,
  plot,
  exportCommand,
  check,
  verify,
  explain,
  diff,
  trace,
  init,
  schema,
  allocators,
  metrics,
  nodes,
  conformance,
] as CommandModule[];

function program(argv: readonly string[]): Argv {
  const parser = yargs(markStandardInput(argv));
  for (const command of commands) parser.command(command);
  return parser
    .scriptName('allot')
    .usage(
      '$0 <command>\n\nDiscrete-event cluster scheduling simulator. Same scenario, same seed: the same result, byte for byte.',
    )
    .completion('completion', 'Print a script for shell completion')
    .version(VERSION)
    .alias({ h: 'help' })
    .demandCommand(1, 'a command is missing')
    .recommendCommands()
    .strict()
    .wrap(Math.min(110, widthOf(process.stdout)))
    .epilogue('Exit codes: 0 ok, 1 a run failed, 2 bad input, 3 threshold failed, 4 not reproducible, 130 interrupted')
    .exitProcess(false)
    .fail((message, error, failed) => {
      // Of what the parser itself throws the message says enough.
      if (error && error.name !== 'YError') throw error;
      throw new UsageError(explainUsage(message, failed as unknown as KnownNames));
    });
}

/** What the parser knows of the command at hand: its commands and options, by name. */
interface KnownNames {
  getDescriptions(): Readonly<Record<string, unknown>>;
}

/** Adds a guess to what yargs says of an unknown option. */
function explainUsage(message: string, parser: KnownNames): string {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
  const known = Object.keys(parser.getDescriptions());
  const guess =
    unknown === undefined
      ? undefined
      : didYouMean(
          unknown,
          known.filter((name) => name.length > 1),
        );
  const hint = guess === undefined ? '' : ` (${guess.replace(/`(.+)`/, unknown!.length > 1 ? '`--$1`' : '`$1`')})`;
  return `${message}${hint}\nSee allot --help.`;
}

/** Says what went wrong as its kind asks for and gives the exit code. */
function tellError(error: unknown): number {
  const style = styleFor(process.stderr);
  const label = style.bad('error');
  if (error instanceof UsageError) {
    tell(`${label}: ${error.message}`);
    return ExitCode.badInput;
  }
  if (error instanceof ScenarioError) {
    const count = error.problems.length;
    if (process.env['GITHUB_ACTIONS'] === 'true') for (const problem of error.problems) tell(githubProblem(problem));
    tell(count === 1 ? `${label}: ${error.message}` : `${error.message}\n${label}: ${count} problems`);
    return ExitCode.badInput;
  }
  if (error instanceof Interruption) {
    tell(error.message);
    return ExitCode.interrupted;
  }
  if (error instanceof RedisFault) {
    tell(`${label}: ${error.message}`);
    return ExitCode.failed;
  }
  if (error instanceof AllocatorError || error instanceof PartyFault || error instanceof SimulationError) {
    tell(`${label}: ${error.message}`);
    if (error instanceof SimulationError)
      tell('This is a bug in allot; the run was stopped so that no wrong figure is printed.');
    return ExitCode.failed;
  }
  tell(`${label}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return ExitCode.failed;
}

/** Runs the command line; sets the exit code of the process. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? ExitCode.ok);
    throw error;
  });
  try {
    await program(argv).parseAsync();
  } catch (error) {
    process.exitCode = tellError(error);
  }
}

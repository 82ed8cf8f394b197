import { describeFindings, describeSurvey } from '../trace/describe-survey.ts';
import { Findings } from '../trace/findings.ts';
import { LintRules } from '../trace/lint-rules.ts';
import { TraceSurvey } from '../trace/survey.ts';
import { openAccount, type SourceAccount, tally } from '../workload/workload-source.ts';
import { ExitCode } from './exit-code.ts';
import { openWorkload, type WorkloadArguments } from './open-workload.ts';
import { print, styleFor, widthOf } from './output.ts';
import { type ClusterArguments, traceCapacity } from './trace-capacity.ts';

/** What `trace inspect` is told. */
export interface InspectArguments extends WorkloadArguments, ClusterArguments {
  readonly json?: boolean | undefined;
}

/** What `trace lint` is told. */
export interface LintArguments extends InspectArguments {
  readonly strict?: boolean | undefined;
  readonly all?: boolean | undefined;
}

/** Prints what a trace holds, or all that a scenario submits; gives the exit code. */
export async function inspectTrace(args: InspectArguments): Promise<number> {
  const looked = await look({ origin: 'trace', ...args });
  const result = looked.survey.result(looked.account(), looked.capacity);
  if (args.json) {
    const quirks = looked.findings.map(({ rule, severity, count }) => ({ rule, severity, count }));
    await print(`${JSON.stringify({ ...result, quirks }, null, 2)}\n`);
  } else {
    await print(describeSurvey(result, looked.findings, styleFor(process.stdout), widthOf(process.stdout)));
  }
  return ExitCode.ok;
}

/** Prints every record that is left out or suspicious, by rule; gives the exit code: with --strict 1 if there is any. */
export async function lintTrace(args: LintArguments): Promise<number> {
  const { findings, account } = await look({ origin: 'trace', prefersRows: true, ...args });
  if (args.json) {
    const { source, format, read } = account();
    await print(`${JSON.stringify({ schema: 'allot.trace-lint/1', source, format, read, findings }, null, 2)}\n`);
  } else {
    await print(describeFindings(args.trace, findings, args.all ?? false, styleFor(process.stdout)));
  }
  const isBad = findings.some(({ severity }) => severity !== 'note');
  return args.strict && isBad ? ExitCode.failed : ExitCode.ok;
}

/** Reads all jobs once. */
async function look(args: InspectArguments) {
  const { sources, tables, batches } = await openWorkload(args);
  const { resources, frameworks } = tables;
  const capacity = await traceCapacity(args, resources);
  const findings = new Findings();
  for (const { account } of sources) findings.listenTo(account);
  const survey = new TraceSurvey(resources, frameworks);
  const rules = new LintRules({ resources, frameworks, capacity }, findings);
  for await (const batch of batches()) {
    survey.take(batch);
    rules.take(batch);
    batch.release();
  }
  rules.finish();
  const account = () =>
    joined(
      args.trace,
      sources.map((source) => source.account),
    );
  return { survey, findings: findings.list(), capacity, account };
}

/** Gives the account of one source as it is, and those of several as one. */
function joined(trace: string, accounts: readonly SourceAccount[]): SourceAccount {
  if (accounts.length === 1) return accounts[0]!;
  const all = openAccount(trace, 'scenario');
  for (const { read, skipped, notes } of accounts) {
    all.read += read;
    for (const [reason, count] of Object.entries(skipped)) tally(all.skipped, reason, count);
    for (const [what, count] of Object.entries(notes)) tally(all.notes, what, count);
  }
  return all;
}

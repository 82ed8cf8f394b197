import { describeFindings, describeSurvey } from '../trace/describe-survey.ts';
import { Findings } from '../trace/findings.ts';
import { LintRules } from '../trace/lint-rules.ts';
import { TraceSurvey } from '../trace/survey.ts';
import { ExitCode } from './exit-code.ts';
import { type LoneTraceArguments, openLoneTrace } from './open-trace.ts';
import { print, styleFor } from './output.ts';

/** What `trace inspect` is told. */
export interface InspectArguments extends LoneTraceArguments {
  readonly json?: boolean | undefined;
}

/** What `trace lint` is told. */
export interface LintArguments extends InspectArguments {
  readonly strict?: boolean | undefined;
  readonly all?: boolean | undefined;
}

/** Prints what a trace holds; gives the exit code. */
export async function inspectTrace(args: InspectArguments): Promise<number> {
  const { source, resources, frameworks, capacity } = await openLoneTrace(args);
  const findings = new Findings();
  findings.listenTo(source.account);
  const survey = new TraceSurvey(resources, frameworks);
  const rules = new LintRules({ resources, frameworks, capacity }, findings);
  for await (const batch of source.batches()) {
    survey.take(batch);
    rules.take(batch);
    batch.release();
  }
  rules.finish();
  const result = survey.result(source.account, capacity);
  const found = findings.list();
  if (args.json) {
    const quirks = found.map(({ rule, severity, count }) => ({ rule, severity, count }));
    await print(`${JSON.stringify({ ...result, quirks }, null, 2)}\n`);
  } else {
    await print(describeSurvey(result, found, styleFor(process.stdout)));
  }
  return ExitCode.ok;
}

/** Prints every record that is left out or suspicious, by rule; gives the exit code: with --strict 1 if there is any. */
export async function lintTrace(args: LintArguments): Promise<number> {
  const { source, resources, frameworks, capacity } = await openLoneTrace(args, true);
  const findings = new Findings();
  findings.listenTo(source.account);
  const rules = new LintRules({ resources, frameworks, capacity }, findings);
  for await (const batch of source.batches()) {
    rules.take(batch);
    batch.release();
  }
  rules.finish();
  const found = findings.list();
  if (args.json) {
    const { read } = source.account;
    const result = { schema: 'allot.trace-lint/1', source: source.name, format: source.account.format, read };
    await print(`${JSON.stringify({ ...result, findings: found }, null, 2)}\n`);
  } else {
    await print(describeFindings(args.trace, found, args.all ?? false, styleFor(process.stdout)));
  }
  const isBad = found.some(({ severity }) => severity !== 'note');
  return args.strict && isBad ? ExitCode.failed : ExitCode.ok;
}

import { describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { bytesInMemory } from '../../../src/base/byte-source.ts';
import { plainStyle } from '../../../src/report/style.ts';
import { describeFindings, describeSurvey } from '../../../src/trace/describe-survey.ts';
import { type Finding, Findings } from '../../../src/trace/findings.ts';
import { LintRules } from '../../../src/trace/lint-rules.ts';
import { Spread } from '../../../src/trace/spread.ts';
import { type Survey, TraceSurvey } from '../../../src/trace/survey.ts';
import { openTrace } from '../../../src/workload/readers/registry.ts';
import { contextOf, swfDefaults } from '../workload/readers/read-trace.ts';

async function surveyOf(text: string, capacity: readonly number[] | null = null, frameworkBy = 'user') {
  const context = contextOf({ resources: [resource('cpus')] });
  const source = openTrace(bytesInMemory('log.swf', text), { ...swfDefaults, frameworkBy }, context);
  const findings = new Findings();
  findings.listenTo(source.account);
  const survey = new TraceSurvey(context.resources, context.frameworks);
  const rules = new LintRules({ resources: context.resources, frameworks: context.frameworks, capacity }, findings);
  for await (const batch of source.batches()) {
    survey.take(batch);
    rules.take(batch);
    batch.release();
  }
  rules.finish();
  return { survey: survey.result(source.account, capacity), findings: findings.list() };
}

/** A line of SWF: job, submit, run, processors, estimate, user. */
const row = (job: number, submit: number, run: number, width: number, estimate = run, user = 1) =>
  `${job} ${submit} -1 ${run} ${width} -1 -1 ${width} ${estimate} -1 1 ${user} 1 1 1 1 -1 -1`;

describe('a survey of a trace', () => {
  it('counts jobs, spans and work', async () => {
    const text = [row(1, 100, 10, 4), row(2, 150, 20, 1, 40), row(3, 200, 30, 2, 30, 2)].join('\n');
    const { survey } = await surveyOf(text, [8]);
    expect(survey).toMatchObject({
      jobs: 3,
      tasks: 3,
      frameworks: 2,
      first_submit_s: 100,
      last_submit_s: 200,
      span_s: 100,
    });
    // 10 x 4 + 20 x 1 + 30 x 2 = 120 cpu-seconds, of the 800 that 8 cpus have in 100 s.
    expect(survey.resources).toEqual({ cpus: { unit_seconds: 120, mean: 7 / 3, max: 4, jobs: 3, offered_load: 0.15 } });
    expect(survey.spreads['interarrival']).toMatchObject({ count: 2, mean: 50, min: 50, max: 50 });
    expect(survey.spreads['run']).toMatchObject({ p50: 20, max: 30 });
    expect(survey.spreads['estimate / run']).toMatchObject({ count: 3, max: 2, min: 1 });
    expect(survey.top).toEqual([
      { name: 'user-1', jobs: 2, share: 0.5 },
      { name: 'user-2', jobs: 1, share: 0.5 },
    ]);
  });

  it('tells arrivals by slice and by hour', async () => {
    const { survey } = await surveyOf([row(1, 0, 1, 1), row(2, 3_600, 1, 1), row(3, 4 * 86_400, 1, 1)].join('\n'));
    expect(survey.arrivals.reduce((a, b) => a + b)).toBe(3);
    expect([survey.arrivals[0], survey.arrivals.at(-1)]).toEqual([2, 1]);
    expect(survey.by_hour.slice(0, 3)).toEqual([2, 1, 0]);
  });

  it('has no load without a cluster, and nothing but counts without a job', async () => {
    const { survey } = await surveyOf(row(1, 0, -1, 1));
    expect(survey).toMatchObject({ jobs: 0, span_s: null, spreads: {} });
    expect(survey.records).toMatchObject({ read: 1, skipped: { 'unknown run time': 1 } });
    expect(describeSurvey(survey, [], plainStyle)).toContain('1 read = 0 that can be replayed + 1 skipped');
  });

  it('reads well', async () => {
    const { survey, findings } = await surveyOf([row(1, 0, 10, 4), row(2, 150_000, 20, 1, 15)].join('\n'), [8]);
    const text = describeSurvey(survey as Survey, findings as Finding[], plainStyle);
    expect(text).toContain('2 jobs, 1 framework · submitted over 1 d 18 h');
    expect(text).toMatch(/cpus +2 +2\.5 +4 +60 +0\.0 %/);
    expect(text).toMatch(/! +1 +runs past its estimate +line 2, job 2: runs 20 s, estimate 15 s/);
  });
});

describe('a survey on a narrow terminal', () => {
  it('leaves out percentiles and breaks the rules into lines', async () => {
    const { survey } = await surveyOf([row(1, 0, 10, 4), row(2, 150_000, 20, 1, 15)].join('\n'), [8]);
    const lines = describeSurvey(survey, [], plainStyle, 80).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.find((line) => line.includes('p50'))).not.toContain('p99');
    expect(lines.filter((line) => /^ {2}(read with|\S+: )/.test(line)).length).toBeGreaterThan(1);
  });
});

describe('the findings in a trace', () => {
  const rulesOf = async (text: string, capacity: readonly number[] | null = null) =>
    (await surveyOf(text, capacity)).findings.map(({ rule, severity, count, examples }) => [
      rule,
      severity,
      count,
      examples[0]!.line,
    ]);

  it('are what the reader leaves out, with the line', async () => {
    expect(await rulesOf([row(1, 0, 5, 1), row(2, 1, 0, 1), row(3, 2, 0, 1)].join('\n'))).toEqual([
      ['zero run time', 'error', 2, 2],
    ]);
  });

  it('are jobs that are no usual ones', async () => {
    const month = 31 * 86_400;
    const text = [row(1, 0, month, 1), row(1, 1, 5, 9), row(3, 2, 0.5, 1, 5), row(4, 3, 5, 1, 400 * 86_400)].join('\n');
    expect(await rulesOf(text, [8])).toEqual([
      ['runs for more than 30 days', 'warning', 1, 1],
      ['job name that an earlier record has', 'warning', 1, 2],
      ['demands more cpus than there is', 'warning', 1, 2],
      ['estimate of more than a year', 'warning', 1, 4],
      ['runs for less than a second', 'note', 1, 3],
    ]);
  });

  it('are gaps and flurries', async () => {
    const burst = Array.from({ length: 1_500 }, (_, i) => row(i + 1, i, 5, 1, 5, 7));
    const found = await rulesOf([...burst, row(9_999, 40 * 86_400, 5, 1)].join('\n'));
    expect(found).toEqual([
      ['flurry of one framework', 'warning', 1, 1_000],
      ['gap of more than a tenth of the log', 'warning', 1, 1_501],
    ]);
  });

  it('are told with the first records of each, or with all', () => {
    const findings = new Findings();
    for (let line = 1; line <= 7; line++) findings.add('odd', 'warning', line, `job ${line}`);
    const some = describeFindings('a.swf', findings.list(), false, plainStyle);
    expect(some).toContain('a.swf:5 job 5\n    and 2 more');
    expect(describeFindings('a.swf', findings.list(), true, plainStyle)).toContain('a.swf:7 job 7\n\n');
    expect(describeFindings('a.swf', [], false, plainStyle)).toBe('a.swf: nothing to remark\n');
  });
});

describe('a spread', () => {
  it('is exact for few different values, and within 1 % for many', () => {
    const few = new Spread();
    for (let i = 0; i < 10_000; i++) few.add([1, 2, 3, 3][i % 4]!);
    expect(few.summary()).toMatchObject({ p5: 1, p50: 2, p95: 3, mean: 2.25, zeros: 0 });
    const many = new Spread();
    for (let i = 1; i <= 100_001; i++) many.add(i);
    expect(many.summary().p50! / 50_001).toBeCloseTo(1, 1);
    expect(many.summary()).toMatchObject({ min: 1, max: 100_001, mean: 50_001 });
    expect(many.summary().histogram.reduce((a, b) => a + b)).toBe(100_001);
  });
});

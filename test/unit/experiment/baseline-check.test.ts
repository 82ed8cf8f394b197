import { describe, expect, it } from 'vitest';
import { type Baseline, makeBaseline, parseBaseline } from '../../../src/experiment/baseline.ts';
import { baselineReport, checkBaseline } from '../../../src/experiment/baseline-check.ts';
import type { DoneRecord } from '../../../src/experiment/run-record.ts';

function records(metric: string, values: readonly (number | null)[]): DoneRecord[] {
  return values.map(
    (value, i) =>
      ({
        seed: `${i}`,
        allocator: { name: 'fifo' },
        digest: `${value}`,
        schedule_digest: `${value}`,
        metrics: { [metric]: value },
      }) as unknown as DoneRecord,
  );
}

function check(metric: string, before: readonly (number | null)[], after: readonly (number | null)[], tolerance = 0) {
  const baseline = makeBaseline('x', records(metric, before), [metric], 'allot baseline save x.yaml');
  return checkBaseline(baseline, records(metric, after), { confidence: 0.95, tolerance, reproduce: 'allot' });
}

describe('a baseline', () => {
  const waits = [20, 31, 44, 52, 65];
  const worse = [22, 33, 47, 54, 68];

  it('is missed by what is worse beyond chance', () => {
    const { pass, changes } = check('wait.mean', waits, worse);
    expect(pass).toBe(false);
    // 2, 2, 3, 2, 3 s more.
    expect(changes[0]).toMatchObject({ verdict: 'worse', difference: { mean: 2.4 } });
  });

  it('is not missed by what is better, and knows which way that is', () => {
    expect(check('wait.mean', worse, waits).changes[0]!.verdict).toBe('better');
    expect(check('utilization.cpus', waits, worse).changes[0]!.verdict).toBe('better');
    expect(check('utilization.cpus', worse, waits)).toMatchObject({ pass: false });
  });

  it('is not missed by chance, nor within the tolerance', () => {
    expect(check('wait.mean', waits, [25, 28, 40, 60, 61]).changes[0]!.verdict).toBe('open');
    // 2.4 s of a mean of 42.4 s are 5.7 %.
    expect(check('wait.mean', waits, worse, 0.06).changes[0]!.verdict).toBe('tolerated');
    expect(check('wait.mean', waits, worse, 0.05).changes[0]!.verdict).toBe('worse');
  });

  it('of one seed is missed by anything worse, as there is no chance in it to be tested', () => {
    expect(check('wait.mean', [20], [20.1])).toMatchObject({ pass: false });
    expect(check('wait.mean', [20], [20]).changes[0]!.verdict).toBe('same');
  });

  it('of a trace, where every seed gives the same, is missed by anything worse', () => {
    expect(check('wait.mean', [20, 20, 20], [21, 21, 21])).toMatchObject({ pass: false });
  });

  it('is missed by a metric that is no longer defined', () => {
    expect(check('wait.mean', waits, [22, null, 47, 54, 68]).changes[0]!.verdict).toBe('lost');
    expect(check('wait.mean', [null, null], [null, null]).changes[0]!.verdict).toBe('same');
  });

  it('only notes the change of what has no better way', () => {
    expect(check('offers.made', waits, worse)).toMatchObject({ pass: true, changes: [{ verdict: 'changed' }] });
  });

  it('tells how many schedules are the same as before', () => {
    expect(check('wait.mean', waits, [20, 31, 44, 52, 66]).unchanged).toBe(4);
    const report = baselineReport(check('wait.mean', waits, waits));
    expect(report.notes[0]).toBe('the schedules of all 5 seeds are the same as before');
    expect(report.checks).toEqual([
      { group: '', name: 'wait.mean', expected: 'no worse than the baseline', found: 'the same (0 ± 0)', pass: true },
    ]);
  });

  it('is read back as it was written', () => {
    const baseline: Baseline = makeBaseline('x', records('wait.mean', waits), ['wait.mean'], 'allot');
    expect(parseBaseline(JSON.stringify(baseline), 'b.json')).toEqual(baseline);
    expect(() => parseBaseline('{}', 'b.json')).toThrow('not a baseline');
    expect(() => parseBaseline('{', 'b.json')).toThrow('not a baseline');
    const damaged = JSON.stringify(baseline).replace(/("metrics":\{"[^"]+":)[^,}]+/, '$1"x"');
    expect(() => parseBaseline(damaged, 'b.json')).toThrow('b.json: run 0 of the baseline is damaged');
  });
});

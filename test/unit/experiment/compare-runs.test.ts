import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/experiment/compare-runs.ts';
import type { Comparison } from '../../../src/experiment/comparison.ts';
import { comparisonText } from '../../../src/experiment/comparison-text.ts';
import type { Weeks } from '../../../src/experiment/measure-run.ts';
import type { DoneRecord } from '../../../src/experiment/run-record.ts';
import { sha256 } from '../../../src/platform/sha256.ts';
import { plainStyle } from '../../../src/report/style.ts';

/** What an allocator had in each run: values of one metric, and weeks where there are any. */
interface Lane {
  readonly values: readonly (number | null)[];
  readonly schedules?: readonly string[];
  readonly weeks?: Weeks;
  /** Jobs rejected in each run. */
  readonly rejected?: readonly number[];
}

function compare(lanes: Readonly<Record<string, Lane>>, metric = 'wait.mean', thresholds = {}): Comparison {
  const seeds = Object.values(lanes)[0]!.values.map((_, i) => String(i + 1));
  const records = Object.entries(lanes).flatMap(([label, { values, schedules, weeks, rejected }]) =>
    values.map(
      (value, i) =>
        ({
          run: `${label}/${i}`,
          label,
          seed: seeds[i]!,
          allocator: { name: label },
          digest: 'd',
          schedule_digest: schedules?.[i] ?? `${i}`,
          reproducible: true,
          jobs: { unfinished: 0, rejected: rejected?.[i] ?? 0 },
          metrics: { [metric]: value },
          ...(weeks && { weeks }),
        }) as unknown as DoneRecord,
    ),
  );
  const allocators = Object.keys(lanes);
  const rest = { confidence: 0.95, thresholds, sha256, reproduce: 'allot compare x.yaml' };
  return compareRuns({ scenario: 'x', allocators, seeds, records, metrics: [metric], ...rest });
}

const text = (comparison: Comparison, width = 80) =>
  comparisonText(comparison, { style: plainStyle, width, threads: 2, wall_s: 1.23 });

describe('a comparison over seeds', () => {
  const waits = { easy: { values: [20, 30, 41, 52, 60] }, fifo: { values: [61, 88, 124, 155, 182] } };

  it('pairs what had the same seed, marks the best and says by how much', () => {
    const { metrics, statements, sampling } = compare(waits);
    expect(sampling).toBe('seeds');
    const [{ best, values, pairs }] = metrics as [Comparison['metrics'][0]];
    expect(best).toEqual(['easy']);
    expect(values[0]!.mean).toBe(40.6);
    expect(pairs[0]!.verdict).toBe('different');
    // The spread of the worlds is common to both: 610 / 203.
    expect(pairs[0]!.ratio!.value).toBeCloseTo(203 / 610, 14);
    expect(statements[0]).toMatch(/^easy has 3\.005 ± 0\.\d{3} times lower mean wait than fifo$/);
    expect(statements).toHaveLength(1);
  });

  it('takes the higher value where that is better', () => {
    const { metrics, statements } = compare(waits, 'utilization.cpus');
    expect(metrics[0]!.best).toEqual(['fifo']);
    expect(statements[0]).toMatch(/^fifo has 3\.005 ± .* times higher utilization\.cpus than easy$/);
  });

  it('calls a tie a tie, and chance chance', () => {
    const tie = compare({ a: { values: [1, 2, 3] }, b: { values: [1, 2, 3] } });
    expect(tie.metrics[0]!.best).toEqual([]);
    expect(tie.statements).toEqual(['a tie: a and b have the same mean wait']);
    const chance = compare({ a: { values: [1, 2, 3] }, b: { values: [2, 2, 2] } });
    expect(chance.statements).toEqual(['a and b cannot be told apart on mean wait']);
  });

  it('marks those together that cannot be told from the best', () => {
    const { metrics, statements } = compare({
      a: { values: [10, 11, 12, 13] },
      b: { values: [10.1, 10.8, 12.2, 13.1] },
      c: { values: [30, 33, 31, 36] },
    });
    expect(metrics[0]!.best).toEqual(['a', 'b']);
    expect(statements[0]).toMatch(/^a and b cannot be told apart on mean wait \(p = 0\.\d\d\)$/);
  });

  it('raises p-values for several pairs after Holm', () => {
    const { metrics } = compare({ ...waits, sjf: { values: [21, 30, 40, 53, 61] } });
    for (const { p, p_holm } of metrics[0]!.pairs) expect(p_holm).toBeGreaterThanOrEqual(p!);
    const [least] = [...metrics[0]!.pairs].sort((x, y) => x.p! - y.p!);
    expect(least!.p_holm).toBeCloseTo(3 * least!.p!, 15);
  });

  it('gives a difference where the better mean is 0', () => {
    const { statements } = compare({ a: { values: [0, 0, 0, 0] }, b: { values: [10, 11, 12, 11] } });
    expect(statements).toEqual(['a has lower mean wait than b, by 11.0 ± 1.3 s']);
  });

  it('leaves out runs in which a metric is not defined, and says so', () => {
    const { metrics, warnings } = compare({ a: { values: [1, null, 3, 2, 4] }, b: { values: [4, 5, 6, 5, 8] } });
    expect(metrics[0]!.values[0]!.count).toBe(4);
    expect(warnings).toContain('wait.mean is defined in 4 of 5 runs of a');
  });

  it('says which allocator does the same with every seed', () => {
    const { warnings } = compare({
      a: { values: [1, 1, 1, 1, 1], schedules: ['s', 's', 's', 's', 's'] },
      b: { values: [4, 5, 6, 5, 8] },
    });
    expect(warnings).toContain('a does the same with every seed: only the others vary');
  });

  it('says in which runs jobs are rejected', () => {
    const values = [1, 2, 3, 2, 1];
    const some = compare({ a: { values, rejected: [0, 2] }, b: { values } });
    expect(some.warnings).toContain('a rejects jobs in 1 of 5 runs: they count in no mean over jobs');
    const all = compare({ a: { values, rejected: [1, 1, 1, 1, 1] }, b: { values, rejected: [1, 1, 2, 1, 1] } });
    expect(all.warnings).toContain('jobs are rejected in every run: they count in no mean over jobs');
  });

  it('breaks warnings between words', () => {
    const lanes = Object.fromEntries(['one', 'two', 'three'].map((name) => [name, { values: [1, null, 3, null, 5] }]));
    const lines = text(compare(lanes), 50).split('\n');
    const from = lines.findIndex((line) => line.startsWith('warning'));
    expect(lines[from]).toBe('warning: wait.mean is defined in 3 of 5 runs of');
    expect(lines[from + 1]).toBe('one');
  });

  it('holds thresholds against means', () => {
    const { thresholds } = compare(waits, 'wait.mean', { 'wait.mean': '< 100' });
    expect(thresholds.map(({ allocator, pass }) => [allocator, pass])).toEqual([
      ['easy', true],
      ['fifo', false],
    ]);
  });
});

describe('a comparison of single runs', () => {
  const schedules = ['s', 's'];
  const weeks = (sums: readonly number[]): Weeks => ({ jobs: sums.map(() => 10), sums: { 'wait.mean': sums } });
  const few = { a: { values: [5, 5], schedules }, b: { values: [7, 7], schedules } };

  it('gives no interval and says why', () => {
    const comparison = compare(few);
    expect(comparison.sampling).toBe('none');
    expect(comparison.metrics[0]!.values[0]).toMatchObject({ mean: 5, half_width: null });
    expect(comparison.statements).toEqual(['a has 1.4 times lower mean wait than b']);
    expect(text(comparison)).toContain(
      'nothing here is random, every seed gives the same: one sample, without intervals',
    );
  });

  it('says how to have one where there is one seed', () => {
    const one = compare({ a: { values: [5] }, b: { values: [7] } });
    expect(text(one)).toContain('one seed: one sample, without intervals; --seeds 10 tells differences from chance');
  });

  it('draws weeks anew where there are enough', () => {
    const a = weeks([40, 60, 50, 45, 55, 52, 48, 50]);
    const b = weeks([80, 121, 99, 92, 109, 104, 97, 98]);
    const comparison = compare({
      a: { values: [5, 5], schedules, weeks: a },
      b: { values: [10, 10], schedules, weeks: b },
    });
    expect([comparison.sampling, comparison.samples]).toEqual(['weeks', 8]);
    const [{ pairs, values }] = comparison.metrics as [Comparison['metrics'][0]];
    expect(pairs[0]!.verdict).toBe('different');
    expect(pairs[0]!.ratio!.low).toBeGreaterThan(0.49);
    expect(pairs[0]!.ratio!.high).toBeLessThan(0.51);
    expect(values[0]!.low!).toBeGreaterThan(4.5);
    expect(values[0]!.high!).toBeLessThan(5.5);
    expect(text(comparison)).toContain('block bootstrap over the 8 weeks of the run');
  });

  it('leaves open what a few weeks decide', () => {
    const a = weeks([40, 60, 50, 45, 55, 52, 48, 50]);
    const b = weeks([60, 40, 30, 65, 75, 32, 68, 40]);
    const { metrics } = compare({
      a: { values: [5, 5], schedules, weeks: a },
      b: { values: [5.1, 5.1], schedules, weeks: b },
    });
    expect(metrics[0]!.pairs[0]!.verdict).toBe('open');
    expect(metrics[0]!.best).toEqual([]);
  });
});

describe('the text of a comparison', () => {
  const lanes = Object.fromEntries(
    ['first of them', 'second of them', 'third of them', 'fourth of them', 'fifth of them'].map((name, i) => [
      name,
      { values: [100 + i, 210 + 3 * i, 320 + i] },
    ]),
  );

  it('fits a narrow terminal by setting allocators below each other', () => {
    const wide = text(compare(lanes), 200);
    const narrow = text(compare(lanes), 80);
    const table = (lines: string) => lines.split('\n\n')[1]!.split('\n');
    expect(table(wide)).toHaveLength(3);
    expect(table(narrow)).toHaveLength(6);
    expect(Math.max(...table(narrow).map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('warns of few seeds', () => {
    expect(text(compare(lanes))).toContain('warning: 3 seeds are few');
  });

  it('warns of a mean that a few seeds make', () => {
    const { warnings } = compare({ easy: { values: [5, 7, 6, 8, 9] }, fifo: { values: [5, 7, 6, 8, 900] } });
    expect(warnings).toEqual([
      'a few seeds far from the others make the mean, so intervals are rough; take more seeds: fifo (wait.mean)',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { openStream } from '../../../src/base/random.ts';
import { SECOND } from '../../../src/base/time.ts';
import { StepSeries } from '../../../src/metrics/step-series.ts';

function rowsOf(series: StepSeries, column: number): [number, number][] {
  return Array.from({ length: series.count }, (_, row) => [series.time(row), series.value(row, column)]);
}

describe('StepSeries', () => {
  it('keeps a row for each instant of change', () => {
    const series = new StepSeries(2);
    series.set(0, 1, 10);
    series.set(1, 5, 10);
    series.set(0, 1, 12);
    series.set(1, 6, 15);
    series.finish(20);
    expect(rowsOf(series, 0)).toEqual([
      [10, 1],
      [15, 1],
      [20, 1],
    ]);
    expect(rowsOf(series, 1).map(([, value]) => value)).toEqual([5, 6, 6]);
    expect(series.width).toBe(0);
  });

  it('averages over equal parts', () => {
    const series = new StepSeries(1);
    series.set(0, 4, 0);
    series.set(0, 8, 15);
    series.finish(40);
    // four parts of 10: 4; half 4, half 8; 8; 8
    expect(series.means(0, 4)).toEqual([4, 6, 8, 8]);
  });

  it('has no averages without length', () => {
    const series = new StepSeries(1);
    expect(series.means(0, 4)).toEqual([]);
    series.set(0, 4, 7);
    series.finish(7);
    expect(series.means(0, 4)).toEqual([]);
  });

  it('turns into bins of time averages when there are more changes than rows', () => {
    const series = new StepSeries(1, 4);
    // 1, 2, 3, 4, 5 from seconds 0, 1, 2, 3, 4: five instants for four rows; bins of 2 s
    for (let i = 0; i < 5; i++) series.set(0, i + 1, i * SECOND);
    series.finish(5 * SECOND);
    expect(series.width).toBe(2 * SECOND);
    // the last bin is half done: 5 over 1 s
    expect(rowsOf(series, 0)).toEqual([
      [0, 1.5],
      [2 * SECOND, 3.5],
      [4 * SECOND, 5],
    ]);
  });

  it('uses bins of less than a second for a short run', () => {
    const series = new StepSeries(1, 4);
    for (let i = 0; i < 5; i++) series.set(0, i + 1, i * 100);
    series.finish(480);
    // 480 us in at most four bins: a second over 2^13 is 122 us
    expect(series.width).toBe(SECOND / 8192);
    // 1 + 2 + 3 + 4 for 100 us each, 5 for 80 us
    expect(series.means(0, 1)[0]).toBeCloseTo(1400 / 480, 9);
  });

  it('doubles the width whenever bins run out, and never has more than the limit', () => {
    const series = new StepSeries(1, 8);
    for (let i = 0; i < 1000; i++) series.set(0, i % 7, i * SECOND);
    series.finish(1000 * SECOND);
    // 1000 s in four to eight bins
    expect(series.width).toBe(128 * SECOND);
    expect(series.count).toBe(8);
  });

  it('keeps the integral of every column through bins, doublings and long pauses', () => {
    const random = openStream('1', 'series');
    const series = new StepSeries(3, 16);
    const value = [0, 0, 0];
    const integral = [0, 0, 0];
    let now = 5 * SECOND;
    for (let i = 0; i < 2000; i++) {
      const column = Math.floor(random() * 3);
      value[column] = Math.floor(random() * 10);
      series.set(column, value[column]!, now);
      const step = Math.floor(random() * SECOND) * (i % 100 === 0 ? 500 : 1);
      for (let c = 0; c < 3; c++) integral[c]! += value[c]! * step;
      now += step;
    }
    series.finish(now);
    expect(series.count).toBeLessThanOrEqual(16);
    const length = now - series.time(0);
    for (let c = 0; c < 3; c++) {
      expect(series.means(c, 1)[0]! * length).toBeCloseTo(integral[c]!, 0);
      const ten = series.means(c, 10);
      expect((ten.reduce((sum, x) => sum + x, 0) / 10) * length).toBeCloseTo(integral[c]!, 0);
    }
  });
});

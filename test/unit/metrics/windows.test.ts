import { describe, expect, it } from 'vitest';
import { StepMeans } from '../../../src/metrics/step-means.ts';
import { WindowIntegrals } from '../../../src/metrics/window-integrals.ts';
import { Windows } from '../../../src/metrics/windows.ts';
import { submissionsAt } from '../../support/job-ends.ts';

function windowsOf(warmup: number, submits: readonly number[], end: number): Windows {
  const windows = new Windows(warmup);
  windows.readFacts(submissionsAt(submits));
  windows.onEnd({ start: submits[0] ?? 0, end, warm: 0, cut: false });
  return windows;
}

describe('Windows', () => {
  it('span first submit to end, first to last submit, and end of the warm-up to end', () => {
    const windows = windowsOf(5, [10, 12, 40], 100);
    const bounds = windows.names.map((name) => [name, windows.start(name), windows.end(name), windows.length(name)]);
    expect(bounds).toEqual([
      ['full', 10, 100, 90],
      ['submission', 10, 40, 30],
      ['steady', 15, 100, 85],
    ]);
  });

  it('have no steady one without a warm-up', () => {
    const windows = windowsOf(0, [10], 100);
    expect(windows.names).toEqual(['full', 'submission']);
    expect(windows.headline).toBe('full');
  });

  it('are empty where no job was submitted, or the warm-up outlasts the run', () => {
    expect(windowsOf(0, [], 100).length('full')).toBe(0);
    expect(windowsOf(200, [10], 100).length('steady')).toBe(0);
    expect(windowsOf(200, [10], 100).perSecond(1, 'steady')).toBeNull();
    expect(windowsOf(0, [10], 10).mean(1, 'full')).toBeNull();
  });
});

describe('WindowIntegrals', () => {
  /** Sets column 1 at each [since, value], with submissions at those marked. */
  function play(integrals: WindowIntegrals, ...changes: [since: number, value: number, submitted?: true][]): void {
    for (const [since, value, submitted] of changes) {
      if (submitted) integrals.markSubmission(since);
      integrals.set(1, value, since);
    }
  }

  it('integrates over each window, whenever submissions fall between changes', () => {
    const integrals = new WindowIntegrals(windowsOf(5, [0, 3, 6, 7], 10), 2);
    play(integrals, [0, 2, true], [3, 2, true], [4, 10], [6, 10, true], [7, 10, true], [8, 1]);
    // 4 x 2 + 3 x 10 = 38 until the last submit, 10 + 2 x 1 after; from 5 on: 3 x 10 + 2 x 1
    expect(integrals.value(1, 'submission')).toBe(38);
    expect(integrals.value(1, 'full')).toBe(50);
    expect(integrals.value(1, 'steady')).toBe(32);
  });

  it('ends the submission window at a submission with which the value changes', () => {
    const integrals = new WindowIntegrals(windowsOf(0, [0, 4], 10), 2);
    play(integrals, [0, 1, true], [2, 3], [4, 5, true], [8, 0]);
    // 2 x 1 + 2 x 3 until 4, then 4 x 5
    expect(integrals.value(1, 'submission')).toBe(8);
    expect(integrals.value(1, 'full')).toBe(28);
  });

  it('keeps columns apart', () => {
    const integrals = new WindowIntegrals(windowsOf(0, [0], 10), 2);
    play(integrals, [0, 3, true], [6, 2]);
    expect(integrals.value(0, 'full')).toBe(0);
    integrals.set(0, 1, 9);
    expect(integrals.value(0, 'full')).toBe(1);
    expect(integrals.value(1, 'full')).toBe(6 * 3 + 4 * 2);
  });
});

describe('StepMeans', () => {
  it('integrates each row from change to change', () => {
    const means = new StepMeans(new Windows(0));
    means.set(3, 0.5, 10);
    means.set(3, 0.25, 14);
    means.set(3, 0.25, 15);
    // 4 x 0.5 + 6 x 0.25; the other rows were never set
    expect(means.integral(3, 20)).toBe(3.5);
    expect(means.integral(0, 20)).toBe(0);
    expect(means.integral(99, 20)).toBe(0);
  });

  it('leaves out the warm-up', () => {
    const windows = new Windows(8);
    windows.readFacts(submissionsAt([10]));
    const means = new StepMeans(windows);
    means.set(0, 1, 10);
    means.set(0, 2, 12);
    means.set(0, 0, 30);
    // warm at 18: 12 x 2
    expect(means.integral(0, 40)).toBe(24);
  });

  it('loses nothing over a million small terms', () => {
    const means = new StepMeans(new Windows(0));
    for (let i = 0; i < 1_000_000; i++) means.set(0, i % 2 === 0 ? 0.1 : 0.3, i);
    // half a million times 0.1 and 0.3, but for the last one, which ends at once
    expect(means.integral(0, 1_000_000)).toBeCloseTo(200_000, 9);
  });
});

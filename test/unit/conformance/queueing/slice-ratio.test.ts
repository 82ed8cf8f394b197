import { describe, expect, it } from 'vitest';
import { openStream } from '../../../../src/base/random.ts';
import { Sample } from '../../../../src/conformance/queueing/sample.ts';
import { SliceRatio } from '../../../../src/conformance/queueing/slice-ratio.ts';
import { Slices } from '../../../../src/conformance/queueing/slices.ts';

/** Slices of ten microseconds from 0 on, of which `count` are complete. */
function tens(count: number): Slices {
  const slices = new Slices(10);
  slices.begin(0);
  slices.close(count * 10);
  return slices;
}

describe('slices', () => {
  it('have equal length, from the beginning on', () => {
    const slices = tens(3);
    expect([0, 9, 10, 25].map((time) => slices.at(time))).toEqual([0, 0, 1, 2]);
    expect(slices.endOf(1)).toBe(20);
  });

  it('count those that ended before all was known', () => {
    const slices = tens(3);
    expect(slices.count).toBe(3);
    slices.close(39);
    expect(slices.count).toBe(3);
    slices.close(40);
    expect(slices.count).toBe(4);
  });

  it('end on whole microseconds, where the next begins', () => {
    const slices = new Slices(9.6);
    slices.begin(3);
    for (let slice = 0; slice < 128; slice++) expect(slices.at(slices.endOf(slice) - 1)).toBe(slice);
    expect(slices.endOf(0)).toBe(13);
    expect(slices.at(13)).toBe(1);
  });

  it('are none before the first begins', () => {
    expect(new Slices(10).count).toBe(0);
  });

  it('are joined in pairs when there are 128, and then twice as long', () => {
    const slices = tens(0);
    const column = slices.column();
    for (let time = 0; time < 1_280; time += 10) column[slices.at(time)]!++;
    expect(slices.length).toBe(10);
    expect(slices.at(1_280)).toBe(64);
    expect(slices.length).toBe(20);
    expect(Array.from(column)).toEqual(Array.from({ length: 128 }, (_, i) => (i < 64 ? 2 : 0)));
    expect(slices.at(20 * 128 * 2)).toBe(64);
    expect(slices.length).toBe(80);
  });
});

describe('a ratio over slices', () => {
  it('has the standard error of the mean of its slices where their weights are equal', () => {
    const ratio = new SliceRatio(tens(4));
    for (const [slice, sum] of [2, 4, 4, 6].entries()) ratio.add(slice, sum, 1);
    // Mean 4, squares 4 + 0 + 0 + 4 over 3, error of the mean of four: sqrt(8 / 3 / 4).
    expect(ratio.estimate()).toEqual({ value: 4, error: Math.sqrt(8 / 3 / 4) });
  });

  it('leaves out slices that are not complete, but for what it says of everything', () => {
    const ratio = new SliceRatio(tens(2));
    for (const [slice, sum] of [2, 4, 30].entries()) ratio.add(slice, sum, 2);
    expect(ratio.estimate().value).toBe(1.5);
    expect(ratio.weight).toBe(4);
    expect(ratio.plain).toBe(6);
  });

  it('is freed of scatter that goes along with a control, and of what the control says chance gave too much', () => {
    const ratio = new SliceRatio(tens(4));
    // Sums are 10 + 3 x control; the controls add up to 4, one too much a slice.
    const control = Float64Array.from([-1, 0, 2, 3]);
    for (const [slice, extra] of control.entries()) ratio.add(slice, 10 + 3 * extra, 1);
    expect(ratio.estimate().value).toBe(13);
    const { value, error } = ratio.estimate([control]);
    expect(value).toBeCloseTo(10, 12);
    expect(error).toBeCloseTo(0, 12);
  });

  it('takes no harm of controls that say nothing or the same twice', () => {
    const ratio = new SliceRatio(tens(6));
    for (const [slice, sum] of [2, 4, 4, 6, 7, 1].entries()) ratio.add(slice, sum, 1);
    const control = Float64Array.from([-1, 0, 2, 3, -2, -2]);
    const once = ratio.estimate([control]);
    expect(ratio.estimate([control, new Float64Array(6), control.map((each) => 2 * each)])).toEqual(once);
  });
});

describe('a sample', () => {
  it('gives quantiles with the error that theory gives them', () => {
    // The median of 6,400 uniform numbers on [0, 1] has the error sqrt(0.5 x 0.5 / 6,400) = 0.00625.
    const trials = 200;
    let errors = 0;
    let far = 0;
    for (let trial = 0; trial < trials; trial++) {
      const random = openStream('sample', `${trial}`);
      const sample = new Sample(tens(64));
      for (let i = 0; i < 6_400; i++) sample.add(i % 64, random());
      const { value, error } = sample.quantile(0.5, []);
      errors += error;
      if (Math.abs(value - 0.5) > 3 * error) far++;
    }
    expect(errors / trials).toBeGreaterThan(0.0061);
    expect(errors / trials).toBeLessThan(0.0064);
    expect(far).toBeLessThanOrEqual(3);
  });

  it('leaves out slices that are not complete', () => {
    const sample = new Sample(tens(4));
    for (let slice = 0; slice < 4; slice++) for (let i = 0; i <= 10; i++) sample.add(slice, i);
    sample.add(4, 1_000);
    expect(sample.quantile(0.9, []).value).toBe(9);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStream } from '../../../src/base/random.ts';
import { DDSketch } from '../../../src/metrics/dd-sketch.ts';

function sketchOf(values: readonly number[]): DDSketch {
  const sketch = new DDSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

const QUANTILES = [0, 0.01, 0.5, 0.95, 0.99, 1];
const value = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e12, noNaN: true }));

describe('DDSketch', () => {
  it('gives each quantile to within one percent', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
        const sketch = sketchOf(values);
        const sorted = values.toSorted((a, b) => a - b);
        for (const q of QUANTILES) {
          const exact = sorted[Math.floor(q * (values.length - 1))]!;
          expect(Math.abs(sketch.quantile(q) - exact)).toBeLessThanOrEqual(exact * 0.01 * (1 + 1e-9));
        }
      }),
    );
  });

  it('merges into what one sketch of all values would be', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 50 }), fc.array(value, { maxLength: 50 }), (a, b) => {
        const merged = sketchOf(a);
        merged.merge(sketchOf(b));
        const whole = sketchOf([...a, ...b]);
        expect(merged.count).toBe(whole.count);
        for (const q of QUANTILES) expect(merged.quantile(q)).toEqual(whole.quantile(q));
      }),
    );
  });

  it('stays within one percent for a hundred thousand log-normal-like values', () => {
    const random = openStream('1', 'sketch');
    const values = Array.from({ length: 100_000 }, () => Math.exp(8 * (random() + random() + random() - 1.5)));
    const sketch = sketchOf(values);
    const sorted = values.toSorted((a, b) => a - b);
    for (const q of [0.5, 0.95, 0.99, 0.999]) {
      const exact = sorted[Math.floor(q * (values.length - 1))]!;
      expect(Math.abs(sketch.quantile(q) / exact - 1)).toBeLessThanOrEqual(0.01);
    }
  });

  it('takes values that fall or rise by many decades', () => {
    const sketch = sketchOf([1, 1e-8, 1e9, 1e-3]);
    expect(sketch.quantile(0) / 1e-8).toBeCloseTo(1, 1);
    expect(sketch.quantile(1) / 1e9).toBeCloseTo(1, 1);
  });

  it('has no quantile without values', () => {
    expect(new DDSketch().quantile(0.5)).toBeNaN();
  });

  it('refuses what it cannot hold', () => {
    expect(() => new DDSketch().add(-1)).toThrow('cannot hold -1');
    expect(() => new DDSketch().add(Number.NaN)).toThrow('cannot hold NaN');
    expect(() => new DDSketch().merge(new DDSketch(0.02))).toThrow('errors differ');
  });
});

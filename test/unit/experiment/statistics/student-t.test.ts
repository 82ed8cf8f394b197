import { describe, expect, it } from 'vitest';
import { studentCdf, studentQuantile, studentTails } from '../../../../src/experiment/statistics/student-t.ts';

describe('the Student t', () => {
  it('has the quantiles of the tables', () => {
    expect(studentQuantile(0.975, 4)).toBeCloseTo(2.776445105197794, 14);
    expect(studentQuantile(0.975, 29)).toBeCloseTo(2.045229642132704, 14);
    // One degree is the Cauchy distribution: tan(pi (p - 1/2)).
    expect(studentQuantile(0.975, 1)).toBeCloseTo(Math.tan(Math.PI * 0.475), 10);
    expect(studentQuantile(0.995, 9)).toBeCloseTo(3.249835541592126, 12);
    expect(studentQuantile(0.95, 100)).toBeCloseTo(1.6602343260853392, 13);
  });

  it('has the closed forms of one and two degrees', () => {
    expect(studentCdf(1, 1)).toBeCloseTo(0.75, 15);
    // Two degrees: 1/2 + t / (2 sqrt(2 + t^2)).
    expect(studentCdf(3, 2)).toBeCloseTo(0.5 + 3 / (2 * Math.sqrt(11)), 15);
    expect(studentTails(3, 2)).toBeCloseTo(1 - 3 / Math.sqrt(11), 15);
  });

  it('is even about 0', () => {
    expect(studentQuantile(0.5, 7)).toBe(0);
    expect(studentQuantile(0.025, 7)).toBe(-studentQuantile(0.975, 7));
    expect(studentCdf(-1.5, 7) + studentCdf(1.5, 7)).toBeCloseTo(1, 15);
    expect(studentTails(-1.5, 7)).toBe(studentTails(1.5, 7));
  });

  it('nears the normal as the degrees grow', () => {
    expect(studentQuantile(0.975, 1_000_000)).toBeCloseTo(1.959966, 5);
  });

  it('inverts its distribution function', () => {
    for (const degrees of [1, 2, 3, 8, 31, 200]) {
      for (const p of [0.6, 0.9, 0.99, 0.9995])
        expect(studentCdf(studentQuantile(p, degrees), degrees)).toBeCloseTo(p, 14);
    }
  });

  it('leaves nothing beyond infinity', () => {
    expect(studentTails(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(studentCdf(Number.NEGATIVE_INFINITY, 4)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { Verdict } from '../../../src/conformance/verdict.ts';

describe('a verdict', () => {
  it('passes when everything that was compared agrees', () => {
    const verdict = new Verdict();
    verdict.serve('fcfs');
    verdict.serve('sjf');
    verdict.near('wait', 1 / 3, '1/3');
    verdict.decline('rr=4', 'not yet');
    verdict.decline('las', 'not yet');
    expect(verdict.close()).toEqual({ status: 'passed', detail: 'fcfs sjf; declined rr=4, las: not yet' });
  });

  it('is declined when nothing was compared, for each reason', () => {
    const verdict = new Verdict();
    verdict.decline('a', 'not yet');
    verdict.decline('b', 'no such thing');
    expect(verdict.close()).toEqual({ status: 'declined', detail: 'a: not yet; b: no such thing' });
  });

  it('fails when nothing was compared and nothing declined', () => {
    expect(new Verdict().close()).toEqual({ status: 'failed', detail: 'nothing in this case was checked' });
  });

  it('holds decimals to the tolerance that is stated, and fractions to nine digits whatever is stated', () => {
    const compare = (got: number, expected: unknown, tolerance?: number) => {
      const verdict = new Verdict();
      verdict.near('x', got, expected, tolerance);
      return verdict.close().status;
    };
    expect(compare(45 / 11, 4.0909, 0.001)).toBe('passed');
    expect(compare(4.0929, 4.0909, 0.001)).toBe('failed');
    expect(compare(4.0909, '45/11', 0.001)).toBe('failed');
    expect(compare(45 / 11, 4.0909)).toBe('failed');
    expect(compare(Number.NaN, 4, 0.001)).toBe('failed');
    expect(compare(4, 'four', 0.001)).toBe('failed');
  });

  it('counts an element too many or too few as a mismatch', () => {
    for (const got of [[1], [1, 2, 3]]) {
      const verdict = new Verdict();
      verdict.nearList('x', got, [1, 2]);
      expect(verdict.close().detail).toContain(`x: got ${got.length} numbers, expected 2`);
    }
  });

  it('lists the first mismatches and counts the others', () => {
    const verdict = new Verdict();
    for (let i = 0; i < 10; i++) verdict.near(`x${i}`, i, i + 1);
    expect(verdict.close().detail).toMatch(/^x0: got 0, expected 1; .* and 2 more$/);
  });
});

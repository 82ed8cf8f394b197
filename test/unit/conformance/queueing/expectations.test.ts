import { describe, expect, it } from 'vitest';
import { Fields } from '../../../../src/conformance/fields.ts';
import { type Answer, Expectations } from '../../../../src/conformance/queueing/expectations.ts';
import { Verdict } from '../../../../src/conformance/verdict.ts';

function expecting(one: object): { expectations: Expectations; verdict: Verdict } {
  const verdict = new Verdict();
  return { expectations: new Expectations(new Fields(one, ''), 0.05, verdict), verdict };
}

const outcome = (one: object, answers: Record<string, Answer>) => {
  const { expectations, verdict } = expecting(one);
  expectations.compare(new Map(Object.entries(answers)));
  return verdict.close();
};

describe('what a case of queueing theory expects', () => {
  const W = { values: { W: 5 } };

  it('is met by an estimate within four standard errors', () => {
    expect(outcome(W, { W: { value: 5.39, error: 0.1 } }).status).toBe('passed');
    expect(outcome(W, { W: { value: 5.41, error: 0.1 } }).detail).toBe(
      'W: got 5.41 with a standard error of 0.100, expected 5',
    );
  });

  it('is not met by an estimate that is vague', () => {
    // 5 % of 5 are 0.25: the half width 1.96 x 0.13 is above it, 1.96 x 0.12 is not.
    expect(outcome(W, { W: { value: 5, error: 0.12 } }).status).toBe('passed');
    expect(outcome(W, { W: { value: 5, error: 0.13 } }).detail).toContain('too wide to tell it from 5');
  });

  it('is not met by no number', () => {
    expect(outcome(W, { W: { value: Number.NaN, error: 0.1 } }).status).toBe('failed');
    expect(outcome(W, { W: { value: 5, error: Number.NaN } }).status).toBe('failed');
    expect(outcome(W, {}).detail).toBe('W is no quantity that is known here');
  });

  it('is met by a formula to nine digits only', () => {
    expect(outcome({ exact: { C: '27/53' } }, { C: 27 / 53 }).status).toBe('passed');
    expect(outcome({ exact: { C: '27/53' } }, { C: 0.50943396 }).status).toBe('failed');
  });

  it('has an element for each of a list', () => {
    const one = { values: { T: [1, 2] } };
    expect(outcome(one, { 'T.0': 1, 'T.1': 2 }).status).toBe('passed');
    expect(outcome(one, { 'T.0': 1 }).detail).toContain('T.1 is no quantity');
  });

  it('has a part for each key, which the verdict names once', () => {
    const both = { values: { ET_PS: 2, T: [1, 2] }, exact: { ET_PS: '2' } };
    expect(outcome(both, { ET_PS: 2, 'T.0': 1, 'T.1': 2 })).toEqual({ status: 'passed', detail: 'ET_PS T' });
  });

  it('is not met where a quantity that is known is left out', () => {
    const both = { values: { ET_PS: 2, ET_FCFS: 2 } };
    expect(outcome(both, { ET_FCFS: 2 })).toEqual({
      status: 'failed',
      detail: 'ET_PS is no quantity that is known here',
    });
  });

  it('says how much too wide the widest estimate is', () => {
    const { expectations } = expecting({ values: { W: 5, L: 4 } });
    const answers = new Map<string, Answer>([
      ['W', { value: 5, error: 0.5 / 1.96 }],
      ['L', { value: 4, error: 0.1 / 1.96 }],
      ['P0', { value: 0.2, error: 1 }],
    ]);
    expect(expectations.width(answers)).toBeCloseTo(2, 12);
    expect(expectations.fit(answers)).toBe(true);
    expect(expectations.fit(new Map([['W', { value: 6, error: 0.2 }]]))).toBe(false);
  });

  it('is refused where it is no number', () => {
    expect(() => expecting({ values: { W: 'five' } })).toThrow('values.W is no number');
  });
});

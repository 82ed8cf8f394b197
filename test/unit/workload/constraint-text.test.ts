import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConstraint, readSpeeds, writeConstraint, writeSpeeds } from '../../../src/workload/constraint-text.ts';

const none = { constraint: {}, speeds: {} };

describe('what a job asks of its nodes, as text', () => {
  it('names attributes and values in order', () => {
    const constraint = { rack: ['r1'], gpu: ['V100', 'A100'] };
    expect(writeConstraint({ ...none, constraint })).toBe('gpu=A100|V100;rack=r1');
    expect(writeSpeeds({ ...none, speeds: { gpu: { V100: 1, A100: 2.5 } } })).toBe('gpu=A100:2.5|V100:1');
  });

  it('escapes what it is made of', () => {
    expect(writeConstraint({ ...none, constraint: { 'a=b': ['c|d; e:f', '5%'] } })).toBe('a%3Db=5%25|c%7Cd%3B%20e%3Af');
  });

  it('comes back as it was', () => {
    const name = fc.string({ minLength: 1 });
    const values = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).map((each) => each.sort());
    fc.assert(
      fc.property(fc.dictionary(name, values, { maxKeys: 4 }), (constraint) => {
        expect(readConstraint(writeConstraint({ ...none, constraint }))).toEqual(constraint);
      }),
    );
    const speed = fc.double({ min: 0, max: 1_000, noNaN: true }).map((value) => value + 0);
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.dictionary(name, speed, { minKeys: 1, maxKeys: 4 }), { maxKeys: 4 }),
        (speeds) => {
          expect(readSpeeds(writeSpeeds({ ...none, speeds }))).toEqual(speeds);
        },
      ),
    );
  });

  it.each(['gpu', 'gpu=', '=A100', 'gpu=a=b', 'gpu=A;gpu=B', 'gpu=A|', 'gpu=%', ';'])('is not `%s`', (text) => {
    expect(readConstraint(text)).toBeNull();
  });

  it.each(['gpu=A100', 'gpu=A100:', 'gpu=A100:fast', 'gpu=A100:-1', 'gpu=A100:1:2', 'gpu=A100:Infinity'])(
    'gives no speed of `%s`',
    (text) => {
      expect(readSpeeds(text)).toBeNull();
    },
  );
});

import { describe, expect, it } from 'vitest';
import { problemsOfItem } from './problems-of.ts';

/** What is wrong with a job of these stages, without places. */
function problems(stages: string, more = ''): string[] {
  return problemsOfItem(`{ framework: A, demand: { cpus: 1 }, duration: 1s, stages: [${stages}]${more} }`).map(
    (problem) => problem.replace(/^\S+: /, ''),
  );
}

describe('the stages of a scenario', () => {
  it('may wait for any others, in any order', () => {
    expect(problems('{ name: c, after: [a, b] }, { name: a }, { name: b, after: a }')).toEqual([]);
  });

  it('must wait for stages that there are, have names of their own, and not wait in a circle', () => {
    expect(problems('{ name: map }, { name: reduce, after: mapp }')).toEqual([
      'there is no stage `mapp` (did you mean `map`?)',
    ]);
    expect(problems('{ name: a }, { name: a }')).toEqual(['there is a stage `a` before; names must differ']);
    expect(problems('{ name: a, after: b }, { name: b, after: c }, { name: c, after: b }')).toEqual([
      'stages wait for one another in a circle: `b` waits for `c` waits for `b`',
    ]);
    expect(problems('{ name: a, after: a }')).toEqual(['stages wait for one another in a circle: `a` waits for `a`']);
  });

  it('ask for what nodes have, and are no gang', () => {
    expect(problems('{ name: a, demand: { gpuz: 1 } }')).toEqual(['no node has `gpuz` (did you mean `gpus`?)']);
    expect(problems('{ name: a }', ', gang: true')).toEqual([
      '`gang` and `stages` do not go together: a gang starts all its tasks at once',
    ]);
  });
});

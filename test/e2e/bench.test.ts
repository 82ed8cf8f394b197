import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compare, findDisagreement, spread, standing } from '../../bench/harness/compare.ts';
import type { Contest, Figure, Sample } from '../../bench/harness/contest.ts';
import { decodeHistory, drawHistory, encodeHistory } from '../../bench/harness/placement-history.ts';
import { digits, tableOf } from '../../bench/harness/table.ts';
import { between } from '../../bench/harness/write-results.ts';
import { BENCHES } from '../../bench/lines/registry.ts';
import { readDocument } from '../support/markdown.ts';
import { runScript } from '../support/run-script.ts';

const hasCompiler = spawnSync('g++', ['--version']).status === 0;

const ratio: Figure = {
  label: 'a figure',
  unit: 'times',
  needs: ['ours', 'twin'],
  better: 'less',
  of: ({ ours, twin }) => ours!.cpu / twin!.cpu,
  must: 4,
  aim: 2,
};

/** Sides that take so many seconds, round after round. */
function contest(
  ours: readonly number[],
  twin: readonly number[],
  answers: readonly [number, number] = [1, 1],
): Contest {
  const side = (name: string, seconds: readonly number[], answer: number) => {
    let round = 0;
    return { name, run: async (): Promise<Sample> => ({ cpu: seconds[round++]!, answer: { sum: answer } }) };
  };
  return { name: 'test', sides: [side('ours', ours, answers[0]), side('twin', twin, answers[1])], figures: [ratio] };
}

describe('a contest', () => {
  it('compares samples of the same round, and gives the median and the range', async () => {
    const { outcomes } = await compare(contest([3, 8, 10], [1, 2, 2]), 3);
    expect(outcomes).toMatchObject([{ median: 4, least: 3, most: 5 }]);
  });

  it('runs its sides in turns that change direction', async () => {
    const order: string[] = [];
    const sides = ['a', 'b'].map((name) => ({ name, run: async () => ({ cpu: order.push(name) }) }));
    await compare({ name: 'test', sides, figures: [] }, 2);
    expect(order).toEqual(['a', 'b', 'b', 'a']);
  });

  it('yields no figure when the answers differ', async () => {
    const verdict = await compare(contest([1], [1], [10, 11]), 1);
    expect(verdict.outcomes).toEqual([]);
    expect(verdict.disagreement).toBe('sum: ours 10, twin 11');
    expect(tableOf([{ name: 'test', verdicts: [verdict], reason: null }], { judge: true })[1]).toContain('missed');
  });

  it('takes sums of another order for the same, and nothing further off', () => {
    const of = (a: number, b: number) =>
      findDisagreement({ a: { cpu: 1, answer: { x: a } }, b: { cpu: 1, answer: { x: b } } });
    expect(of(1e9, 1e9 + 1)).toBeNull();
    expect(of(1e9, 1e9 + 2)).not.toBeNull();
    expect(of(0, 1e-9)).not.toBeNull();
  });

  it('leaves out figures whose side is missing, and says so', async () => {
    const { sides, ...rest } = contest([1], [1]);
    const verdict = await compare({ ...rest, sides: sides.slice(0, 1) }, 1);
    expect(verdict.outcomes).toEqual([]);
    expect(tableOf([{ name: 'test', verdicts: [verdict], reason: null }], { judge: true })[1]).toContain(
      'no C++ compiler',
    );
  });
});

describe('figures', () => {
  it('have the mean of the middle two as the median of an even number', () => {
    expect(spread([4, 1, 2, 8])).toEqual({ median: 3, least: 1, most: 8 });
  });

  it('meet the aim, the must, or neither', () => {
    const at = (median: number, figure = ratio) => standing({ figure, median, least: median, most: median });
    expect([2, 4, 4.1].map((median) => at(median))).toEqual(['aim', 'must', 'missed']);
    expect([2, 4, 4.1].map((median) => at(median, { ...ratio, better: 'more', must: 4, aim: 4.1 }))).toEqual([
      'missed',
      'must',
      'aim',
    ]);
  });

  it('are rounded to three digits', () => {
    expect([0.12345, 12.345, 1234.5, 0.0012345, 0].map(digits)).toEqual(['0.123', '12.3', '1,235', '0.0012', '0']);
  });
});

describe('bench/README.md', () => {
  const readme = readDocument('bench/README.md').text;

  it('says what each bench means', () => {
    for (const { name } of BENCHES) expect(readme).toContain(`\n| \`${name}\``);
  });

  it('takes results between its markers alone', () => {
    const written = between(readme, 'new results');
    expect(written).toContain('<!-- results -->\n\nnew results\n\n<!-- end of results -->');
    expect(between(written, 'others')).toBe(between(readme, 'others'));
  });
});

describe('a history of placements', () => {
  it('is the same when written and read', () => {
    const history = drawHistory(40, 100, 10, 'few');
    expect(decodeHistory(encodeHistory(history))).toEqual(history);
  });
});

describe('npm run bench', () => {
  it('runs a bench and its twin and prints the table', async () => {
    const { code, out, err } = await runScript('bench/run.ts', ['--quick', '--no-build', '--only', 'event-queue']);
    expect(code).toBe(0);
    expect(err.split('\n').filter((line) => line.endsWith('…'))).toEqual(['event-queue …']);
    const rows = out.split('\n').filter((line) => line.startsWith('| event-queue'));
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toContain(hasCompiler ? '≥ 0.6' : 'no C++ compiler');
  });

  it('refuses a bench that there is not, and says which there are', async () => {
    const { code, err } = await runScript('bench/run.ts', ['--only', 'event-queues']);
    expect(code).toBe(2);
    expect(err).toContain('there is no bench event-queues\n');
    expect(err).toContain('benches: replay-ricc, ');
  });
});

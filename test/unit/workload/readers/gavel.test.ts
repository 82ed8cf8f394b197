import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { readTrace } from './read-trace.ts';

const LM = 'LM (batch size 40)';
const table = {
  v100: { [`('${LM}', 1)`]: { null: 10 }, [`('${LM}', 2)`]: { null: 16 }, [`("it's", 1)`]: { null: 4 } },
  k80: { [`('${LM}', 1)`]: { null: 2.5, [`('${LM}', 2)`]: [1, 1] }, [`('${LM}', 2)`]: { null: 0 } },
  k80_unconsolidated: { [`('${LM}', 1)`]: { null: 9 } },
};

const physical = (rest: Readonly<Record<string, string | number>> = {}) => {
  const row = { type: LM, steps: 1000, scale: 1, weight: 1, slo: -1, arrival: 0, ...rest };
  return [row.type, 'train.py', 'lm', '-n', 1, row.steps, row.scale, row.weight, row.slo, row.arrival].join('\t');
};

function read(lines: readonly string[], own = {}, throughputs: unknown = table) {
  const speeds: unknown[] = [];
  const weights: number[] = [];
  const trace = readTrace(
    `${lines.join('\n')}\n`,
    { file: 'x.trace', format: 'gavel', as: 'gang', own: { throughputs: 't.json', ...own } },
    {
      resources: [resource('gpus')],
      openFile: (name) => bytesInMemory(name, JSON.stringify(throughputs)),
      constraint: (_wanted, by) => speeds.push(by),
      weight: (weight) => weights.push(weight),
    },
  );
  return trace.then((result) => ({ ...result, speeds, weights }));
}

describe('a job of a Gavel trace', () => {
  it('runs for its steps at the throughput of the reference, as a gang of as many GPUs as it has workers', async () => {
    const { jobs } = await read([physical({ steps: 800, scale: 2, arrival: 30.5 })]);
    expect(jobs).toMatchObject([{ name: 1, framework: 'all', submit: 30.5, run: [50, 50], demand: [[1000], [1000]] }]);
  });

  it('goes elsewhere by the ratio of throughputs, and not where it does not fit or was not measured', async () => {
    const lines = [physical(), physical({ scale: 2 }), physical(), physical({ type: "it's" })];
    const { speeds, jobs } = await read(lines);
    expect(speeds).toEqual([
      { type: { v100: 1, k80: 0.25 } },
      { type: { v100: 1, k80: 0 } },
      { type: { v100: 1, k80: 0 } },
    ]);
    expect(jobs.map(({ constraint }) => constraint)).toEqual([1, 2, 1, 3]);
  });

  it('takes the reference and the attribute that are asked for, and no speeds where none are', async () => {
    const other = await read([physical()], { reference: 'k80', attribute: 'gpu' });
    expect(other.jobs[0]!.run).toEqual([400]);
    expect(other.speeds).toEqual([{ gpu: { v100: 4, k80: 1 } }]);
    const none = await read([physical()], { speeds: false });
    expect(none.jobs[0]).not.toHaveProperty('constraint');
  });

  it('has the weight of its row', async () => {
    expect((await read([physical({ weight: 5 }), physical()])).weights).toEqual([5]);
  });

  it('of a trace by virtual clusters belongs to its cluster', async () => {
    const { jobs } = await read([`0e4a51\t${LM}\ttrain.py\t-n\t1\t100\t6.000000\t1`]);
    expect(jobs).toMatchObject([{ framework: '0e4a51', submit: 6, run: [10] }]);
  });

  it.each([
    [{ scale: 16 }, 'no throughput'],
    [{ type: 'GAN' }, 'no throughput'],
    [{ steps: 'x' }, 'not a number: total_steps'],
    [{ scale: '' }, 'not a number: scale_factor'],
    [{ arrival: '?' }, 'not a number: arrival_time'],
    [{ weight: 0 }, 'no weight above zero'],
    [{ arrival: -1 }, 'negative submit'],
    [{ steps: 0 }, 'zero run time'],
  ])('with %j is left out as: %s', async (rest, reason) => {
    const { account } = await read([physical(rest), physical()]);
    expect([account.read, account.skipped]).toEqual([2, { [reason]: 1 }]);
  });

  it('is left out where its throughput on the reference is zero', async () => {
    const { account } = await read([physical({ scale: 2 })], { reference: 'k80' });
    expect(account.skipped).toEqual({ 'throughput of zero': 1 });
  });

  it('is noted where it has a deadline', async () => {
    expect((await read([physical({ slo: 1.2 })])).account.notes).toMatchObject({ 'deadline not looked at': 1 });
  });
});

describe('the throughputs of a Gavel trace', () => {
  it('must be given', async () => {
    await expect(read([physical()], { throughputs: '' })).rejects.toThrow('options.throughputs: is missing');
  });

  it('must tell of the reference', async () => {
    await expect(read([physical()], { reference: 'a100' })).rejects.toThrow(
      'options.reference: the throughputs tell of v100, k80, k80_unconsolidated, and not of `a100`',
    );
  });

  it('must be a table', async () => {
    await expect(read([physical()], {}, [1])).rejects.toThrow('t.json: throughputs are a mapping of kinds of workers');
  });
});

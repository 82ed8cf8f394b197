import { describe, expect, it } from 'vitest';
import { execute } from '../../../src/experiment/execute.ts';
import type { Measured } from '../../../src/experiment/measure-run.ts';
import type { PlannedRun } from '../../../src/experiment/planned-run.ts';
import type { RunRecord } from '../../../src/experiment/run-record.ts';
import { type FailureReason, RunFailure, type Runner } from '../../../src/experiment/runner.ts';
import { readShard, shardOf } from '../../../src/experiment/shard.ts';
import type { Scenario } from '../../../src/scenario/schema.ts';

const runs = Array.from(
  { length: 10 },
  (_, i): PlannedRun => ({
    id: `id${(i * 7) % 10}`,
    allocator: 'fifo',
    seed: `${i}`,
    settings: {},
    scenario: { seed: `${i}` } as Scenario,
  }),
);

/** A runner whose runs fail as often as `troubles` says, by seed. */
function runner(troubles: Readonly<Record<string, readonly FailureReason[]>> = {}, width = 3) {
  const tried: string[] = [];
  let atOnce = 0;
  let most = 0;
  const made: Runner = {
    width,
    run: async ({ seed }) => {
      const trouble = troubles[seed]?.[tried.filter((other) => other === seed).length];
      tried.push(seed);
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce--;
      if (trouble !== undefined) throw new RunFailure(trouble, 'no');
      return { digest: seed } as Measured;
    },
    stop: () => {},
    close: async () => {},
  };
  return { made, tried, most: () => most };
}

async function recordsOf(made: Runner, how = {}): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  await execute(runs, made, { onRecord: (record) => records.push(record), ...how });
  return records;
}

describe('carrying out runs', () => {
  it('does each once, as many at a time as the runner takes', async () => {
    const { made, tried, most } = runner();
    const records = await recordsOf(made);
    expect(records.map(({ status }) => status)).toEqual(Array(10).fill('done'));
    expect([...tried].sort()).toEqual(runs.map(({ seed }) => seed));
    expect(most()).toBe(3);
  });

  it('tries again a run whose thread has died, twice unless said otherwise', async () => {
    const { made, tried } = runner({ 4: ['crash', 'crash'], 5: ['crash', 'crash', 'crash'] });
    const records = await recordsOf(made);
    expect(records.find(({ seed }) => seed === '4')!.status).toBe('done');
    expect(records.find(({ seed }) => seed === '5')).toMatchObject({ status: 'failed', reason: 'crash' });
    expect(tried.filter((seed) => seed === '5')).toHaveLength(3);
  });

  it('does not try again what would fail again, and goes on with the rest', async () => {
    const { made, tried } = runner({ 0: ['memory'], 1: ['error'], 2: ['input'] });
    const records = await recordsOf(made);
    expect(records.filter(({ status }) => status === 'failed')).toHaveLength(3);
    expect(records).toHaveLength(10);
    expect(tried).toHaveLength(10);
  });

  it('says of each record that it is written, after it has been taken', async () => {
    const told: string[] = [];
    const { made } = runner({ 1: ['error'] });
    await execute(
      runs,
      { ...made, written: (id) => told.push(`written ${id}`) },
      { onRecord: ({ run }) => told.push(run) },
    );
    expect(told).toHaveLength(20);
    for (const { id } of runs) expect(told.indexOf(`written ${id}`)).toBe(told.indexOf(id) + 1);
  });

  it('begins no run once it is stopped, and leaves no record of those that were ended', async () => {
    let stopped = false;
    const { made } = runner({ 4: ['stopped'] }, 1);
    const records: RunRecord[] = [];
    await execute(runs, made, {
      onRecord: (record) => {
        records.push(record);
        stopped = records.length === 4;
      },
      isStopped: () => stopped,
    });
    expect(records).toHaveLength(4);
  });
});

describe('shards', () => {
  it('take every run once between them, and differ in size by one at most', () => {
    const shards = [1, 2, 3].map((index) => shardOf(runs, { index, count: 3 }));
    expect(shards.map(({ length }) => length)).toEqual([4, 3, 3]);
    expect(
      shards
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(runs.map(({ id }) => id).sort());
  });

  it('do not hang on the order of the plan', () => {
    const backwards = shardOf([...runs].reverse(), { index: 2, count: 3 }).map(({ id }) => id);
    expect(backwards.sort()).toEqual(
      shardOf(runs, { index: 2, count: 3 })
        .map(({ id }) => id)
        .sort(),
    );
  });

  it.each(['0/3', '4/3', '1', 'a/b', '1/0', '-1/3'])('written as %s are refused', (text) => {
    expect(() => readShard(text)).toThrow('expected which of how many');
  });

  it('are counted from 1', () => {
    expect(readShard('2/5')).toEqual({ index: 2, count: 5 });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { REORDER_ROWS, reorder, type Sort } from '../../../src/workload/reorder.ts';
import { TraceBatch } from '../../../src/workload/trace-batch.ts';
import { openAccount, type SourceAccount } from '../../../src/workload/workload-source.ts';

/** Gives a job per submit time (seconds), named by its position, in batches of `size`. */
async function* batchesOf(submits: readonly number[], size: number): AsyncGenerator<TraceBatch> {
  for (let from = 0; from < submits.length; from += size) {
    const batch = new TraceBatch(1);
    for (let i = from; i < Math.min(from + size, submits.length); i++) {
      batch.setLine(batch.addJob(i, 0, submits[i]! * SECOND), i + 1);
      batch.demand[batch.addRow(SECOND, 1)] = 1_000 + i;
    }
    yield batch;
  }
}

interface Reordered {
  readonly names: (string | number)[];
  readonly account: SourceAccount;
}

async function reordered(submits: readonly number[], sort: Sort, size = 8_192): Promise<Reordered> {
  const account = openAccount('log.swf', 'swf');
  const names: (string | number)[] = [];
  for await (const batch of reorder(batchesOf(submits, size), sort, account, 'log.swf')) {
    for (let row = 0; row < batch.jobs; row++) {
      const name = batch.name[row] as number;
      const matches =
        batch.submit[row] === submits[name]! * SECOND &&
        batch.line[row] === name + 1 &&
        batch.demand[row] === 1_000 + name;
      if (!matches) throw new Error(`row ${name} lost its values on the way`);
      names.push(name);
    }
  }
  return { names, account };
}

function inOrder(submits: readonly number[]): number[] {
  return submits.map((_, i) => i).sort((a, b) => submits[a]! - submits[b]! || a - b);
}

const sorts: Sort[] = ['streaming', 'whole'];

describe.each(sorts)('rows under sort: %s', (sort) => {
  it('come in order of submit time; rows of one instant keep their order', async () => {
    const { names, account } = await reordered([5, 3, 5, 1, 3], sort);
    expect(names).toEqual([3, 1, 4, 0, 2]);
    expect(account.notes).toEqual({ 'out of order': 3 });
  });

  it('that are in order stay as they are, and nothing is noted', async () => {
    const { names, account } = await reordered([1, 1, 2, 3], sort, 2);
    expect(names).toEqual([0, 1, 2, 3]);
    expect(account.notes).toEqual({});
  });

  it('are a stable sort of all, however they come in batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(30)), fc.integer({ min: 1, max: 9 }), async (submits, size) => {
        expect((await reordered(submits, sort, size)).names).toEqual(inOrder(submits));
      }),
    );
  });

  it('may be none', async () => {
    expect((await reordered([], sort)).names).toEqual([]);
  });
});

describe('a row that comes late', () => {
  /** Rows one second apart, and then one of second `late`. */
  const lateRow = (rows: number, late: number) => [...Array.from({ length: rows }, (_, i) => i), late];

  it('is put in its place by a buffer of 100,000 rows', async () => {
    const submits = lateRow(REORDER_ROWS + 20_000, 20_000.5);
    const { names, account } = await reordered(submits, 'streaming');
    expect(names.slice(20_000, 20_003)).toEqual([20_000, REORDER_ROWS + 20_000, 20_001]);
    expect(account.notes).toEqual({ 'out of order': 1 });
  });

  it('beyond that is an error with its place and the way out', async () => {
    await expect(reordered(lateRow(120_000, 0.5), 'streaming')).rejects.toThrow(
      /^log\.swf:120001: submitted .* before a record that stands more than 100000 records further up \(`sort: whole`/,
    );
  });

  it('is no matter under sort: whole', async () => {
    const { names } = await reordered(lateRow(120_000, 0.5), 'whole');
    expect(names.slice(0, 3)).toEqual([0, 120_000, 1]);
  });
});

describe('a stream in order', () => {
  it('is held back by 100,000 rows, not read whole', async () => {
    let read = 0;
    async function* counted() {
      for await (const batch of batchesOf(
        Array.from({ length: 300_000 }, (_, i) => i),
        8_192,
      )) {
        read += batch.jobs;
        yield batch;
      }
    }
    for await (const first of reorder(counted(), 'streaming', openAccount('log.swf', 'swf'), 'log.swf')) {
      expect(first.jobs).toBe(8_192);
      break;
    }
    expect(read).toBeGreaterThanOrEqual(REORDER_ROWS + 8_192);
    expect(read).toBeLessThanOrEqual(REORDER_ROWS + 2 * 8_192);
  });
});

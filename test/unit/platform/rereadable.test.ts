import { describe, expect, it } from 'vitest';
import { Rereadable } from '../../../src/platform/rereadable.ts';

/** A stream of `count` chunks of one byte, numbered from 0, that counts how many were taken. */
function numbered(count: number, limit: number) {
  const state = { taken: 0, opened: 0 };
  async function* stream() {
    state.opened++;
    for (; state.taken < count; ) yield Uint8Array.of(state.taken++);
  }
  return { state, source: new Rereadable('standard input', stream, limit) };
}

async function all(source: Rereadable): Promise<number[]> {
  const bytes: number[] = [];
  for await (const chunk of source.chunks()) bytes.push(...chunk);
  return bytes;
}

describe('a stream that comes once', () => {
  it('can be read again, though it is opened once', async () => {
    const { source, state } = numbered(3, 10);
    expect(await all(source)).toEqual([0, 1, 2]);
    expect(await all(source)).toEqual([0, 1, 2]);
    expect(state.opened).toBe(1);
  });

  it('is read on where a first reader has stopped', async () => {
    const { source, state } = numbered(3, 10);
    for await (const chunk of source.chunks()) {
      expect([...chunk]).toEqual([0]);
      break;
    }
    expect(state.taken).toBe(1);
    expect(await all(source)).toEqual([0, 1, 2]);
  });

  it('serves readers side by side', async () => {
    const { source } = numbered(5, 10);
    expect(await Promise.all([all(source), all(source)])).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ]);
  });

  it('is read to the end beyond the limit, but not again', async () => {
    const { source } = numbered(8, 4);
    expect(await all(source)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await expect(all(source)).rejects.toThrow(
      'standard input: longer than 4 bytes, and so can be read only once; give a file instead',
    );
  });

  it('may be empty', async () => {
    expect(await all(numbered(0, 4).source)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { runShipped } from '../support/run-in-process.ts';

describe('gpu-fragmentation', () => {
  it.each([
    ['fgd that knows the workload', {}, 0],
    ['fgd that learns it', { allocator: 'fgd' }, 0],
    // H-1 ends at 1001 s, and W-after-2 came at 20 s.
    ['best fit', { allocator: '{name: fifo, placement: best-fit}' }, 981],
  ])('makes somebody wait as long as its comment says under %s', async (_name, settings, wait) => {
    expect((await runShipped('gpu-fragmentation', settings)).metrics['wait.max']).toBe(wait);
  });
});

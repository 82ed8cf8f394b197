import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../../src/allocators/mesos/offer-filters.ts';
import { MesosMaster, SECOND } from '../../../support/mesos-master.ts';

const DAY = 86_400 * SECOND;

describe('how long a refusal holds', () => {
  it.each([
    [2.5, 2.5 * SECOND],
    [0, 0],
    [-1, 5 * SECOND],
    [Number.NaN, 5 * SECOND],
    [1e300, 5 * SECOND],
    [2_147_483_647, 365 * DAY],
    [366 * 86_400, 365 * DAY],
  ])('is of %d s: %d us', (seconds, time) => {
    expect(refusalOf(seconds)).toBe(time);
  });
});

describe('the end of a filter', () => {
  /** The first batch after which a node is offered again that was refused for so long right behind a batch. */
  function offeredAgain(refusal: number, behindBatch = 0): number {
    const master = new MesosMaster();
    master.framework('f', ['r']);
    master.node('n', { cpus: 1 });
    master.wait(1);
    master.clock.advance(behindBatch);
    master.declineAll(refusal);
    for (let batch = 1; batch <= 10; batch++) {
      master.clock.advance(SECOND - (batch === 1 ? behindBatch : 0));
      if (master.offers().length > 0) return batch;
    }
    return Number.NaN;
  }

  it('is behind the next batch for up to one interval, and before the k-th for k intervals', () => {
    expect([0.1, 1, 1.5, 2, 3, 5].map((seconds) => offeredAgain(seconds * SECOND))).toEqual([2, 2, 2, 2, 3, 5]);
  });

  it('is behind a batch that falls due first', () => {
    expect(offeredAgain(SECOND, 1)).toBe(2);
    expect(offeredAgain(2 * SECOND, 1)).toBe(3);
  });

  it('is in the order in which filters and batches were armed, where they fall due together', () => {
    const master = new MesosMaster();
    master.framework('f', ['r']);
    master.node('n', { cpus: 1 });
    const [offer] = master.take();
    // Armed before the batch at 1 s arms the next: at 2 s the filter ends first.
    master.wait(0.5);
    master.allocator.recover('f', 'r', 'n', offer!.resources, 1.5 * SECOND);
    master.wait(0.5);
    expect(master.offers()).toEqual([]);
    master.wait(1);
    expect(master.offers()).toEqual(['f r n cpus:1']);
  });
});

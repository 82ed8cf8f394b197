import type { Time } from '../../base/time.ts';

/**
 * Where the allocator has its time from, and what it does later.
 *
 * Actions that fall due at one instant run in the order in which they were scheduled, those scheduled for the current
 * instant behind all that is due already. The order of filters and batches rests on that.
 */
export interface Clock {
  readonly now: Time;
  /**
   * @param every if given, nothing comes of the action as long as nothing else happens: it may be put off by multiples of
   *   this.
   */
  schedule(at: Time, action: () => void, every?: Time): void;
}

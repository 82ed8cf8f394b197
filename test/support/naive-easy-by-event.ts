import type { PoolJob } from './naive-easy.ts';

interface Live extends PoolJob {
  readonly position: number;
  start: number | null;
  /** Counts starts: of one instant the end that was due first comes first. */
  order: number;
  hasEnded: boolean;
}

/**
 * EASY on one pool under the rules of pyss: of one instant submissions come before ends, and each of both has a pass of
 * its own; a job that ends now as it was estimated to is gone in all of these. Gives the start of each job.
 */
export function naiveEasyByEvent(jobs: readonly PoolJob[], processors: number, shortestFirst: boolean): number[] {
  const live = jobs.map<Live>((job, position) => ({ ...job, position, start: null, order: 0, hasEnded: false }));
  let starts = 0;
  for (let now = 0; live.some(({ hasEnded }) => !hasEnded); now++) {
    const submitted = live.filter(({ submit }) => submit < now);
    const due = live
      .filter((job) => job.start !== null && job.start + job.run === now)
      .sort((a, b) => a.order - b.order);
    const isGone = (job: Live) => job.hasEnded || (due.includes(job) && job.start! + job.estimate <= now);
    const pass = () => {
      const running = submitted.filter((job) => job.start !== null && !isGone(job));
      const queue = submitted.filter((job) => job.start === null);
      for (const job of easyPass(queue, running, processors, now, shortestFirst)) {
        job.start = now;
        job.order = starts++;
      }
    };
    for (const job of live) {
      if (job.submit !== now) continue;
      submitted.push(job);
      pass();
    }
    for (const job of due) {
      job.hasEnded = true;
      pass();
    }
  }
  return live.map(({ start }) => start!);
}

/** Says who starts now, in this order; the queue stands in order of submission. */
function easyPass(
  queue: readonly Live[],
  running: readonly Live[],
  processors: number,
  now: number,
  shortestFirst: boolean,
): Live[] {
  const started: Live[] = [];
  const there = () => [...running, ...started];
  const free = () => processors - there().reduce((sum, { width }) => sum + width, 0);
  const endOf = (job: Live) => Math.max(now, (job.start ?? now) + job.estimate);
  const rest = [...queue];
  while (rest.length > 0 && rest[0]!.width <= free()) started.push(rest.shift()!);
  const head = rest.shift();
  if (head === undefined) return started;
  // The earliest time at which the head has room, if everything ends as estimated.
  const freeAt = (time: number) => free() + there().reduce((sum, job) => sum + (endOf(job) <= time ? job.width : 0), 0);
  const shadow = Math.min(
    ...there()
      .map(endOf)
      .filter((time) => freeAt(time) >= head.width),
  );
  let extra = freeAt(shadow) - head.width;
  if (shortestFirst) rest.sort((a, b) => a.estimate - b.estimate || a.position - b.position);
  for (const job of rest) {
    const isLate = now + job.estimate > shadow;
    if (job.width > free() || (isLate && job.width > extra)) continue;
    if (isLate) extra -= job.width;
    started.push(job);
  }
  return started;
}

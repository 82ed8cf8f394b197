/** One job of a pool; whole seconds, the run time at least one. */
export interface PoolJob {
  readonly submit: number;
  readonly run: number;
  readonly estimate: number;
  readonly width: number;
}

/**
 * EASY on one pool, by the definition and without care for speed: one pass an instant, everything worked out anew, the
 * queue sorted for each pass. Gives the start of each job.
 */
export function naiveEasy(jobs: readonly PoolJob[], processors: number, shortestFirst: boolean): number[] {
  const start: (number | null)[] = jobs.map(() => null);
  const isRunning = (j: number, now: number) => start[j] !== null && start[j]! <= now && now < start[j]! + jobs[j]!.run;
  for (let now = 0; start.includes(null); now++) {
    const something = jobs.some(
      ({ submit, run }, j) => submit === now || (start[j] !== null && start[j]! + run === now),
    );
    if (!something) continue;
    const isQueued = (j: number) => start[j] === null && jobs[j]!.submit <= now;
    const all = jobs.map((_, j) => j);
    let free = processors - all.filter((j) => isRunning(j, now)).reduce((sum, j) => sum + jobs[j]!.width, 0);
    const launch = (j: number) => {
      start[j] = now;
      free -= jobs[j]!.width;
    };
    let queue = all.filter(isQueued).sort((a, b) => jobs[a]!.submit - jobs[b]!.submit || a - b);
    while (queue.length > 0 && jobs[queue[0]!]!.width <= free) launch(queue.shift()!);
    if (queue.length === 0) continue;
    const head = jobs[queue[0]!]!;
    const ends = all
      .filter((j) => isRunning(j, now))
      .map((j) => ({ end: Math.max(now, start[j]! + jobs[j]!.estimate), width: jobs[j]!.width }))
      .sort((a, b) => a.end - b.end);
    let extra = free - head.width;
    let shadow = now;
    for (let i = 0; extra < 0; ) {
      shadow = ends[i]!.end;
      for (; i < ends.length && ends[i]!.end === shadow; i++) extra += ends[i]!.width;
    }
    queue = queue.slice(1);
    if (shortestFirst)
      queue.sort((a, b) => jobs[a]!.estimate - jobs[b]!.estimate || jobs[a]!.submit - jobs[b]!.submit || a - b);
    for (const j of queue) {
      const { width, estimate } = jobs[j]!;
      if (width > free) continue;
      if (now + estimate > shadow) {
        if (width > extra) continue;
        extra -= width;
      }
      launch(j);
    }
  }
  return start.map((s) => s!);
}

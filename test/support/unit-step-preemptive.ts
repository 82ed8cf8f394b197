/** One serial job: it takes one server. Whole seconds. */
export interface SerialJob {
  readonly submit: number;
  readonly run: number;
  readonly priority: number;
}

/** What the twin knows how to do. */
export type PreemptivePolicy =
  | { readonly kind: 'srtf'; readonly rule: WorkRule }
  | { readonly kind: 'priority'; readonly rule: WorkRule }
  | { readonly kind: 'lcfs'; readonly rule: WorkRule }
  | { readonly kind: 'rr'; readonly quantum: number; readonly rule: WorkRule }
  | { readonly kind: 'las' };

/** What becomes of the work of a preempted job. */
export type WorkRule =
  | { readonly kind: 'resume' | 'restart' }
  | { readonly kind: 'checkpoint'; readonly interval: number; readonly cost: number };

/** A stretch of time in which a job held a server. */
export type Stretch = readonly [start: number, end: number];

interface Live extends SerialJob {
  readonly position: number;
  state: 'out' | 'queued' | 'running' | 'ended';
  /** Seconds of work that are safe, and seconds of work and checkpoints since the last start. */
  safe: number;
  since: number;
  start: number;
  /** Counts starts and turns, so that of one instant the later one is known. */
  turn: number;
  turnStart: number;
  readonly stretches: [number, number][];
}

/**
 * Preemptive policies on like servers, second by second and by their definitions alone: in each second completions,
 * arrivals, then dispatch; ties by (submit, position).
 *
 * A victim is the one that stands last: the lowest priority (the longest remaining time, the earliest submission), of
 * equals the latest start. Round robin: an arrival is queued before a job whose quantum expires in the same second.
 */
export function unitStepPreemptive(
  jobs: readonly SerialJob[],
  servers: number,
  policy: PreemptivePolicy,
): { readonly stretches: readonly (readonly Stretch[])[]; readonly lost: number; readonly preemptions: number } {
  const live = jobs.map<Live>((job, position) => ({
    ...job,
    position,
    state: 'out',
    safe: 0,
    since: 0,
    start: 0,
    turn: 0,
    turnStart: 0,
    stretches: [],
  }));
  const rule: WorkRule = policy.kind === 'las' ? { kind: 'resume' } : policy.rule;
  let turns = 0;
  let lost = 0;
  let preemptions = 0;
  let now = 0;
  /** For round robin: who waits, the first comes next. */
  let line: Live[] = [];
  const running = () => live.filter(({ state }) => state === 'running');
  const queued = () => live.filter(({ state }) => state === 'queued');

  const start = (job: Live) => {
    job.state = 'running';
    job.since = 0;
    job.start = now;
    job.turn = turns++;
    job.turnStart = now;
  };
  const stop = (job: Live) => {
    const { work, kept } = worked(job.since, job.run - job.safe, rule);
    preemptions++;
    lost += rule.kind === 'restart' ? job.since : work - kept;
    job.safe += kept;
    job.stretches.push([job.start, now]);
    job.state = 'queued';
  };
  const finish = () => {
    const due = running().filter((job) => isDone(job.since, job.run - job.safe, rule));
    for (const job of due) {
      job.stretches.push([job.start, now]);
      job.state = 'ended';
    }
    return due.length;
  };

  const key = (job: Live) => {
    if (policy.kind === 'priority') return -job.priority;
    if (policy.kind === 'lcfs') return -job.position;
    // The remaining time is what the job believes: its run time less what is safe and what has passed since its start.
    if (policy.kind === 'srtf') return job.run - job.safe - (job.state === 'running' ? job.since : 0);
    return job.safe + (job.state === 'running' ? job.since : 0);
  };
  const dispatchByKey = () => {
    for (;;) {
      const next = queued().sort((a, b) => key(a) - key(b) || a.position - b.position)[0];
      if (next === undefined) return;
      if (running().length < servers) {
        start(next);
        continue;
      }
      const last = running().sort(
        (a, b) => key(b) - key(a) || (policy.kind === 'las' ? b.position - a.position : b.turn - a.turn),
      )[0]!;
      const goes =
        key(next) < key(last) || (policy.kind === 'las' && key(next) === key(last) && next.position < last.position);
      if (!goes) return;
      stop(last);
      start(next);
    }
  };
  const dispatchTurns = (quantum: number) => {
    if (line.length === 0) return;
    const over = running()
      .filter(({ turnStart }) => now > turnStart && (now - turnStart) % quantum === 0)
      .sort((a, b) => a.turn - b.turn);
    line.push(...over);
    const places = servers - (running().length - over.length);
    const chosen = line.slice(0, places);
    line = line.slice(places);
    for (const job of over) if (!chosen.includes(job)) stop(job);
    for (const job of chosen) {
      if (job.state === 'running') {
        job.turn = turns++;
        job.turnStart = now;
      } else start(job);
    }
  };

  for (; live.some(({ state }) => state !== 'ended'); now++) {
    for (const job of running()) job.since++;
    finish();
    for (const job of live) {
      if (job.submit !== now) continue;
      job.state = 'queued';
      line.push(job);
    }
    // A run time of zero ends in the second in which it starts, and frees its server for another dispatch.
    do {
      if (policy.kind === 'rr') dispatchTurns(policy.quantum);
      else dispatchByKey();
    } while (finish() > 0);
  }
  return { stretches: live.map(({ stretches }) => stretches), lost, preemptions };
}

/** Lives through the seconds since a start: work, then a checkpoint after each interval if work is left. */
function worked(seconds: number, left: number, rule: WorkRule): { work: number; kept: number } {
  if (rule.kind !== 'checkpoint') return { work: seconds, kept: rule.kind === 'resume' ? seconds : 0 };
  let [work, kept, saving] = [0, 0, -1];
  for (let second = 0; second < seconds; second++) {
    if (saving > 0) saving--;
    else work++;
    if (saving < 0 && work % rule.interval === 0 && work > kept && work < left) saving = rule.cost;
    if (saving === 0) [kept, saving] = [work, -1];
  }
  return { work, kept };
}

/** True if so many seconds since its start are enough for what was left. */
function isDone(seconds: number, left: number, rule: WorkRule): boolean {
  return rule.kind === 'checkpoint' ? worked(seconds, left, rule).work >= left : seconds >= left;
}

import type { Time } from '../base/time.ts';
import type { Nearest, Room } from '../cluster/find-room.ts';
import { type Ranged, ranged, united } from './ranged.ts';
import type { ToldReason, WaitFacts } from './wait-reason.ts';

/** What holds over a span of several passes, numbers as ranges. */
interface SpanFacts {
  readonly room: Omit<Room, 'nodes' | 'nearest'>;
  readonly reason: ToldReason | null;
}

/** A time from one pass to a later one over which a job waited for the same reason. */
export interface WaitSpan {
  readonly from: Time;
  readonly to: Time;
  readonly passes: number;
  /** Nodes of the cluster. */
  readonly nodes: number;
  readonly facts: Ranged<SpanFacts>;
  /** Where and when least was missing. */
  readonly nearest: (Nearest & { readonly time: Time }) | null;
  /** When there was room that was kept for others beyond the longest time, in which it would have had to end; seconds. */
  readonly longest: { readonly time: Time; readonly window_s: number } | null;
  /** True where there was room at times, as spans with and without were joined. */
  readonly isMixed: boolean;
  /** How many jobs or parties in turn the one in the reason stands for; 1 unless spans were joined. */
  readonly inTurn: number;
  /** The last of them. */
  readonly last: string;
}

/** Spans, and how many others were left out as there were too many. */
export interface WaitSpans {
  readonly spans: readonly WaitSpan[];
  readonly leftOut: { readonly spans: number; readonly time: Time };
}

/**
 * Makes a timeline of what is found behind each pass: what holds behind one pass holds until the next.
 *
 * Equal reasons in a row are one span. Of several passes in one instant the last counts.
 */
export class WaitTimeline {
  readonly #limit: number;
  #spans: WaitSpan[] = [];
  #leftOut = { spans: 0, time: 0 };
  #last: { readonly time: Time; readonly facts: WaitFacts } | null = null;

  /** @param limit how many spans are kept at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(time: Time, facts: WaitFacts): void {
    this.#endLast(time);
    this.#last = { time, facts };
  }

  /** The run is over, and it still waits: what was found last is told even if nothing happened since. */
  end(time: Time): void {
    const isStuck = this.#last?.time === time;
    if (isStuck) this.#enter(time);
    this.close(time);
  }

  /** Nothing waits any more. */
  close(time: Time): void {
    this.#endLast(time);
    this.#last = null;
  }

  get result(): WaitSpans {
    return { spans: this.#spans, leftOut: this.#leftOut };
  }

  #endLast(to: Time): void {
    if (this.#last !== null && to !== this.#last.time) this.#enter(to);
  }

  #enter(to: Time): void {
    const { time: from, facts } = this.#last!;
    const { nodes, nearest, ...room } = facts.room;
    const seen = ranged<SpanFacts>({ room, reason: facts.reason });
    const span = {
      from,
      to,
      passes: 1,
      nodes,
      facts: seen,
      nearest: nearest && { ...nearest, time: from },
      longest: windowOf(facts, from),
      isMixed: false,
      inTurn: 1,
      last: whoOf(facts.reason),
    };
    const before = this.#spans.at(-1);
    const isLike = before?.to === from && before.inTurn === 1 && !before.isMixed && united(before.facts, seen) !== null;
    if (!isLike) {
      this.#spans.push(span);
      if (this.#spans.length > this.#limit * 2) this.#thin();
    } else this.#spans[this.#spans.length - 1] = together(before, span);
  }

  #thin(): void {
    const { spans, leftOut } = thinned({ spans: this.#spans, leftOut: this.#leftOut }, this.#limit);
    this.#spans = [...spans];
    this.#leftOut = leftOut;
  }
}

/**
 * Leaves at most so many spans: again and again the shortest is joined with a neighbour of its kind, the shorter of two,
 * and only then with one that had room where it had none; where there is no such neighbour left, it is left out.
 */
export function thinned({ spans, leftOut }: WaitSpans, limit: number): WaitSpans {
  const left = [...spans];
  let { spans: dropped, time } = leftOut;
  while (left.length > limit) {
    const at = shortestPair(left, (a, b) => kindOf(a) === kindOf(b)) ?? shortestPair(left, isSameReason);
    if (at !== null) left.splice(at, 2, together(left[at]!, left[at + 1]!));
    else {
      const [shortest] = left.map((_, i) => i).sort((a, b) => lengthOf(left[a]!) - lengthOf(left[b]!) || a - b);
      time += lengthOf(left[shortest!]!);
      dropped++;
      left.splice(shortest!, 1);
    }
  }
  return { spans: left, leftOut: { spans: dropped, time } };
}

/** The first of two neighbours that are shortest together, of those that may be joined. */
function shortestPair(spans: readonly WaitSpan[], mayJoin: (a: WaitSpan, b: WaitSpan) => boolean): number | null {
  let found: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < spans.length; i++) {
    const [a, b] = [spans[i]!, spans[i + 1]!];
    const length = lengthOf(a) + lengthOf(b);
    if (length < least && a.to === b.from && mayJoin(a, b)) [found, least] = [i, length];
  }
  return found;
}

function windowOf({ room, reason }: WaitFacts, time: Time): WaitSpan['longest'] {
  if (!room.hasRoom || reason?.kind !== 'reserved' || reason.window_s === undefined) return null;
  return { time, window_s: reason.window_s };
}

function lengthOf({ from, to }: WaitSpan): Time {
  return to - from;
}

/** The job or party that a reason names, if any. */
function whoOf(reason: Ranged<ToldReason> | ToldReason | null): string {
  if (reason === null) return '';
  if ('job' in reason) return `job ${reason.job.index}`;
  return 'other' in reason ? reason.other : '';
}

function kindOf({ facts: { room, reason }, isMixed }: WaitSpan): string {
  return `${isMixed || room.hasRoom} ${isMixed} ${reason?.kind}`;
}

function isSameReason(a: WaitSpan, b: WaitSpan): boolean {
  return a.facts.reason?.kind === b.facts.reason?.kind;
}

/** One span for two in a row. */
function together(a: WaitSpan, b: WaitSpan): WaitSpan {
  const isLonger = b.longest !== null && (a.longest === null || b.longest.window_s > a.longest.window_s);
  const isNearer = b.nearest !== null && (a.nearest === null || b.nearest.part < a.nearest.part);
  return {
    from: a.from,
    to: b.to,
    passes: a.passes + b.passes,
    nodes: a.nodes,
    facts: united(a.facts, b.facts) ?? united(a.facts, b.facts, true)!,
    isMixed: a.isMixed || b.isMixed || a.facts.room.hasRoom !== b.facts.room.hasRoom,
    nearest: isNearer ? b.nearest : a.nearest,
    longest: isLonger ? b.longest : a.longest,
    inTurn: a.inTurn + b.inTurn - (a.last === whoOf(b.facts.reason) ? 1 : 0),
    last: b.last,
  };
}

import type { Time } from '../base/time.ts';
import type { Nearest, Room } from '../cluster/find-room.ts';
import { type Ranged, ranged, united } from './ranged.ts';
import type { ToldReason, WaitFacts } from './wait-reason.ts';

/** What holds over a span of several passes, numbers as ranges. */
export interface SpanFacts {
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
  /** How many spans of one kind, for different jobs or parties, this one stands for; 1 unless they were too many. */
  readonly joined: number;
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

  /** Nothing waits any more, or nothing is known beyond. */
  close(time: Time): void {
    this.#endLast(time);
    this.#last = null;
  }

  get result(): WaitSpans {
    return { spans: this.#spans, leftOut: this.#leftOut };
  }

  #endLast(to: Time): void {
    if (this.#last === null || to === this.#last.time) return;
    const { time: from, facts } = this.#last;
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
      joined: 1,
    };
    const before = this.#spans.at(-1);
    const both = before?.to === from ? united(before.facts, seen) : null;
    if (before === undefined || both === null) {
      this.#spans.push(span);
      if (this.#spans.length > this.#limit * 2) this.#thin();
    } else this.#spans[this.#spans.length - 1] = { ...together(before, span, both), joined: before.joined };
  }

  #thin(): void {
    const { spans, leftOut } = thinned({ spans: this.#spans, leftOut: this.#leftOut }, this.#limit);
    this.#spans = [...spans];
    this.#leftOut = leftOut;
  }
}

/** Leaves at most so many spans: joins neighbours of one kind, and then leaves out the shortest. */
export function thinned({ spans, leftOut }: WaitSpans, limit: number): WaitSpans {
  if (spans.length <= limit) return { spans, leftOut };
  const joined: WaitSpan[] = [];
  for (const span of spans) {
    const before = joined.at(-1);
    if (before === undefined || before.to !== span.from || kindOf(before) !== kindOf(span)) joined.push(span);
    else joined[joined.length - 1] = together(before, span, united(before.facts, span.facts, true)!);
  }
  if (joined.length <= limit) return { spans: joined, leftOut };
  const byLength = joined.map((_, i) => i).sort((a, b) => lengthOf(joined[b]!) - lengthOf(joined[a]!) || a - b);
  const kept = new Set(byLength.slice(0, limit));
  const dropped = joined.filter((_, i) => !kept.has(i));
  return {
    spans: joined.filter((_, i) => kept.has(i)),
    leftOut: {
      spans: leftOut.spans + dropped.length,
      time: dropped.reduce((sum, span) => sum + lengthOf(span), leftOut.time),
    },
  };
}

function windowOf({ room, reason }: WaitFacts, time: Time): WaitSpan['longest'] {
  if (!room.hasRoom || reason?.kind !== 'reserved' || reason.window_s === undefined) return null;
  return { time, window_s: reason.window_s };
}

function lengthOf({ from, to }: WaitSpan): Time {
  return to - from;
}

function kindOf({ facts: { room, reason } }: WaitSpan): string {
  return `${room.hasRoom} ${reason?.kind}`;
}

function together(a: WaitSpan, b: WaitSpan, facts: Ranged<SpanFacts>): WaitSpan {
  const isLonger = b.longest !== null && (a.longest === null || b.longest.window_s > a.longest.window_s);
  const isNearer = b.nearest !== null && (a.nearest === null || b.nearest.part < a.nearest.part);
  return {
    from: a.from,
    to: b.to,
    passes: a.passes + b.passes,
    nodes: a.nodes,
    facts,
    nearest: isNearer ? b.nearest : a.nearest,
    longest: isLonger ? b.longest : a.longest,
    joined: a.joined + b.joined,
  };
}

import { describe, expect, it } from 'vitest';
import type { Room } from '../../../src/cluster/find-room.ts';
import type { ToldReason } from '../../../src/simulation/wait-reason.ts';
import { thinned, WaitTimeline } from '../../../src/simulation/wait-timeline.ts';

const room = (cpus: number, part = 0): Room => ({
  hasRoom: cpus === 0,
  nodes: 3,
  fitting: cpus === 0 ? 1 : 0,
  away: 0,
  forbidden: 0,
  short: { cpus },
  scattered: 0,
  nearest: part === 0 ? null : { node: 0, lacks: { cpus: 1 }, part },
});

const behind = (index: number): ToldReason => ({
  kind: 'behind-head',
  job: { index, name: `j${index}` },
  order: 'submission',
  ahead: 3,
});

describe('a timeline', () => {
  it('joins equal reasons and keeps the least and the most of each number', () => {
    const timeline = new WaitTimeline(10);
    timeline.add(0, { room: room(3, 0.5), reason: null });
    timeline.add(5, { room: room(2, 0.25), reason: null });
    timeline.add(9, { room: room(0), reason: behind(1) });
    timeline.close(10);
    const { spans } = timeline.result;
    expect(spans.map(({ from, to, passes }) => [from, to, passes])).toEqual([
      [0, 9, 2],
      [9, 10, 1],
    ]);
    expect(spans[0]!.facts.room.short).toEqual({ cpus: { least: 2, most: 3 } });
    expect(spans[0]!.nearest).toMatchObject({ time: 5, part: 0.25 });
  });

  it('counts the last of several passes at one instant, and none that ends at once', () => {
    const timeline = new WaitTimeline(10);
    timeline.add(0, { room: room(3), reason: null });
    timeline.add(0, { room: room(0), reason: behind(1) });
    timeline.add(4, { room: room(1), reason: null });
    timeline.close(4);
    expect(timeline.result.spans.map(({ facts }) => facts.reason?.kind)).toEqual(['behind-head']);
  });

  it('begins anew where the job did not wait in between', () => {
    const timeline = new WaitTimeline(10);
    timeline.add(0, { room: room(3), reason: null });
    timeline.close(2);
    timeline.add(6, { room: room(3), reason: null });
    timeline.close(7);
    expect(timeline.result.spans.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [6, 7],
    ]);
  });
});

describe('thinning', () => {
  const spansOf = (...facts: { room: Room; reason: ToldReason | null }[]) => {
    const timeline = new WaitTimeline(100);
    for (const [i, each] of facts.entries()) timeline.add(i, each);
    timeline.close(facts.length);
    return timeline.result;
  };

  it('joins neighbours of a kind and counts whom they name in turn', () => {
    const many = spansOf(
      { room: room(0), reason: behind(1) },
      { room: room(0), reason: behind(2) },
      { room: room(0), reason: behind(3) },
    );
    const { spans, leftOut } = thinned(many, 1);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      from: 0,
      to: 3,
      inTurn: 3,
      isMixed: false,
      facts: { reason: { job: { index: 1 } } },
    });
    expect(leftOut).toEqual({ spans: 0, time: 0 });
  });

  it('then joins those with and without room, of which it says so', () => {
    const many = spansOf({ room: room(0), reason: behind(1) }, { room: room(2), reason: behind(1) });
    expect(thinned(many, 1).spans).toMatchObject([{ inTurn: 1, isMixed: true }]);
  });

  it('leaves the shortest out where no neighbours are alike, and counts it', () => {
    const many = spansOf({ room: room(0), reason: behind(1) }, { room: room(2), reason: null });
    expect(thinned(many, 1)).toMatchObject({ spans: [{ from: 1 }], leftOut: { spans: 1, time: 1 } });
  });
});

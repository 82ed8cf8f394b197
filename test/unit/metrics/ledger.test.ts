import { describe, expect, it } from 'vitest';
import { IntervalLog, type Standings } from '../../../src/metrics/interval-log.ts';
import { Ledger } from '../../../src/metrics/ledger.ts';
import type { FactLog } from '../../../src/simulation/fact-log.ts';
import type { ObservedRun } from '../../../src/simulation/observer.ts';
import { type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';

const POOL = { capacity: { cpus: 10, mem: 20 } };
const TREE = { ...POOL, roles: { top: {}, eng: { parent: 'top' } }, frameworks: { A: 'eng' } };

/** Who is listed from row `from` on, with dominant share and whether it starves. */
function listed({ who, dominantShare, starving, count }: Standings, from = 0): [number, number, boolean][] {
  return Array.from(who.subarray(from, count), (id, i) => [id, dominantShare[from + i]!, starving[from + i] === 1]);
}

function ledgerOf(cluster: FakeCluster) {
  const log = new IntervalLog(Object.keys(cluster.capacity).length);
  const ledger = new Ledger(log);
  // The tests settle by hand.
  const keeper = {
    onStart: (run: ObservedRun) => ledger.onStart(run),
    readFacts: (facts: FactLog) => {
      for (let row = 0; row < facts.count; row++) ledger.note(facts, row);
    },
  };
  const facts = new FakeFacts(cluster, () => [keeper]);
  return { log, ledger, facts };
}

describe('Ledger', () => {
  it('counts the jobs of which no task has started, whatever rows are used again', () => {
    const { log, ledger, facts } = ledgerOf(POOL);
    const waiting = () => {
      ledger.settle(0, 1);
      return log.waitingJobs[log.count - 1];
    };
    facts.submit('a', 'A', { cpus: 1 }, { cpus: 1 }).submit('b', 'A', { cpus: 1 });
    expect(waiting()).toBe(2);
    facts.start('a', 1);
    expect(waiting()).toBe(1);
    facts.start('a', 0).at(5).end('a').submit('c', 'A', { cpus: 1 });
    // c has the row that a had
    expect(waiting()).toBe(2);
    facts.start('b', 0).start('c', 0);
    expect(waiting()).toBe(0);
  });

  it('writes down an interval: what came and went within an instant never shows', () => {
    const { log, ledger, facts } = ledgerOf(POOL);
    facts.submit('a', 'A', { cpus: 5, mem: 2 }).submit('b', 'B', { cpus: 1, mem: 8 }).start('b');
    ledger.settle(3, 7);
    expect([log.count, log.since[0], log.until[0], log.submitted[0]]).toEqual([1, 3, 7, 1]);
    expect([log.waitingJobs[0], log.queuedTasks[0]]).toEqual([1, 1]);
    expect(Array.from(log.used.subarray(0, 2))).toEqual([1_000, 8_000]);
    expect(Array.from(log.capacity.subarray(0, 2))).toEqual([10_000, 20_000]);
    // 8 of 20 mem is more than 1 of 10 cpus; A waits
    expect(listed(log.frameworks)).toEqual([
      [0, 0, true],
      [1, 0.4, false],
    ]);
    expect(Array.from(log.frameworks.share.subarray(2, 4))).toEqual([0.1, 0.4]);
    expect(listed(log.roles)).toEqual(listed(log.frameworks));
    // of the two users A alone has queued tasks
    expect([log.backlogged[0], log.shareSum[0], log.shareGreatest[0]]).toEqual([1, 0, 0]);
  });

  it('lists each framework and role that has changed, once, and nothing else', () => {
    const { log, ledger, facts } = ledgerOf(TREE);
    facts.submit('a', 'A', { cpus: 1 }).submit('b', 'A', { cpus: 1 }).start('a');
    ledger.settle(0, 1);
    expect(ledger.changed).toBe(true);
    ledger.settle(1, 2);
    expect(ledger.changed).toBe(false);
    facts.start('b');
    ledger.settle(2, 3);
    expect(Array.from(log.frameworkEnd.subarray(0, 3))).toEqual([1, 1, 2]);
    expect(Array.from(log.roleEnd.subarray(0, 3))).toEqual([2, 2, 4]);
    expect(listed(log.roles)).toEqual([
      [1, 0.1, false],
      [0, 0.1, false],
      [1, 0.2, false],
      [0, 0.2, false],
    ]);
    expect(Array.from(log.submitted.subarray(0, 3))).toEqual([1, 0, 0]);
  });

  it('counts a role with all below it, and a user without', () => {
    const roles = { eng: { weight: 2 }, 'eng/ads': { weight: 3, parent: 'eng' } };
    const { log, ledger, facts } = ledgerOf({ ...POOL, roles, frameworks: { own: 'eng', ads: 'eng/ads' } });
    facts.submit('a', 'own', { cpus: 1 }).submit('b', 'ads', { cpus: 4 }, { cpus: 4 }).start('a').start('b', 0);
    ledger.settle(0, 1);
    const [eng, ads] = [facts.roleId('eng'), facts.roleId('eng/ads')];
    expect(listed(log.roles)).toEqual([
      [eng, 0.5, false],
      [ads, 0.4, false],
    ]);
    expect([ledger.userShare(eng), ledger.userShare(ads)]).toEqual([0.1, 0.4]);
    expect([ledger.weight(eng), ledger.weight(ads)]).toEqual([2, 6]);
    // only ads has a queued task of its own: 0.4 over 6
    expect([log.backlogged[0], log.shareSum[0]]).toEqual([1, 0.4 / 6]);
    expect(ledger.frameworksWithin(eng)).toEqual([0, 1]);
    expect(ledger.frameworksWithin(ads)).toEqual([1]);
  });

  it('knows which roles have frameworks', () => {
    const { ledger, facts } = ledgerOf(TREE);
    facts.submit('a', 'A', { cpus: 1 });
    expect([ledger.isUser(facts.roleId('top')), ledger.isUser(facts.roleId('eng'))]).toEqual([false, true]);
  });

  it('lists everyone anew when the capacity changes', () => {
    const { log, ledger, facts } = ledgerOf(POOL);
    facts.submit('a', 'A', { cpus: 5 }).start('a');
    ledger.settle(0, 1);
    facts.resize('cpus', 20);
    ledger.settle(1, 2);
    expect(ledger.changed).toBe(true);
    expect(listed(log.frameworks)).toEqual([
      [0, 0.5, false],
      [0, 0.25, false],
    ]);
  });

  it('passes on blocks and, at the end, the rest with the last instant', () => {
    const { log, ledger, facts } = ledgerOf(POOL);
    const blocks: number[][] = [];
    log.addReader({ readIntervals: ({ since, count }) => blocks.push(Array.from(since.subarray(0, count))) });
    facts.submit('a', 'A', { cpus: 5 });
    for (let i = 0; i < 1_030; i++) ledger.settle(i, i + 1);
    ledger.finish(1_030);
    expect(blocks.map((block) => block.length)).toEqual([1_024, 7]);
    expect(blocks.flat()).toEqual(Array.from({ length: 1_031 }, (_, i) => i));
  });
});

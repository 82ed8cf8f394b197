import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/metrics/ledger.ts';
import { catalogOf, type FakeCluster, FakeFacts } from '../../support/fake-facts.ts';

const POOL = { capacity: { cpus: 10, mem: 20 } };

function ledgerOf(cluster: FakeCluster): { ledger: Ledger; facts: FakeFacts } {
  const ledger = new Ledger(catalogOf(cluster));
  return { ledger, facts: new FakeFacts(cluster, () => [ledger]) };
}

describe('Ledger', () => {
  it('counts the jobs of which no task has started, whatever rows are used again', () => {
    const { ledger, facts } = ledgerOf(POOL);
    facts.submit('a', 'A', { cpus: 1 }, { cpus: 1 }).submit('b', 'A', { cpus: 1 });
    expect(ledger.waitingJobs).toBe(2);
    facts.start('a', 1);
    expect(ledger.waitingJobs).toBe(1);
    facts.start('a', 0).at(5).end('a').submit('c', 'A', { cpus: 1 });
    // c has the row that a had
    expect(ledger.waitingJobs).toBe(2);
    facts.start('b', 0).start('c', 0);
    expect(ledger.waitingJobs).toBe(0);
  });

  it('gives the state between two instants: what came and went within one never shows', () => {
    const { ledger, facts } = ledgerOf(POOL);
    facts.submit('a', 'A', { cpus: 5, mem: 2 }).submit('b', 'B', { cpus: 1, mem: 8 });
    expect(ledger.roleQueued(0)).toBe(0);
    facts.start('b');
    ledger.settle();
    expect([ledger.roleQueued(0), ledger.roleRunning(0), ledger.roleShare(0)]).toEqual([1, 0, 0]);
    // 8 of 20 mem is more than 1 of 10 cpus
    expect([ledger.roleQueued(1), ledger.roleRunning(1), ledger.roleShare(1)]).toEqual([0, 1, 0.4]);
    expect([ledger.frameworkQueued(0), ledger.frameworkRunning(1), ledger.frameworkShare(1)]).toEqual([1, 1, 0.4]);
  });

  it('lists each framework and role that has changed since the last time, once', () => {
    const { ledger, facts } = ledgerOf({
      ...POOL,
      roles: { top: {}, eng: { parent: 'top' } },
      frameworks: { A: 'eng' },
    });
    facts.submit('a', 'A', { cpus: 1 }).submit('b', 'A', { cpus: 1 }).start('a');
    ledger.settle();
    const { changedFrameworks, changedRoles } = ledger;
    expect(Array.from(changedFrameworks.rows.subarray(0, changedFrameworks.count))).toEqual([0]);
    expect(Array.from(changedRoles.rows.subarray(0, changedRoles.count))).toEqual([1, 0]);
    ledger.settle();
    expect([changedFrameworks.count, changedRoles.count]).toEqual([0, 0]);
  });

  it('counts a role with all below it, and a user without', () => {
    const roles = { eng: { weight: 2 }, 'eng/ads': { weight: 3, parent: 'eng' } };
    const { ledger, facts } = ledgerOf({ ...POOL, roles, frameworks: { own: 'eng', ads: 'eng/ads' } });
    facts.submit('a', 'own', { cpus: 1 }).submit('b', 'ads', { cpus: 4 }, { cpus: 4 }).start('a').start('b', 0);
    ledger.settle();
    const [eng, ads] = [facts.roleId('eng'), facts.roleId('eng/ads')];
    expect([ledger.roleShare(eng), ledger.userShare(eng)]).toEqual([0.5, 0.1]);
    expect([ledger.roleRunning(eng), ledger.roleQueued(eng)]).toEqual([2, 1]);
    expect([ledger.roleShare(ads), ledger.userShare(ads)]).toEqual([0.4, 0.4]);
    expect([ledger.weight(eng), ledger.weight(ads)]).toEqual([2, 6]);
    // only ads has a queued task of its own: 0.4 over 6
    expect([ledger.backlogged.count, ledger.backlogged.sum]).toEqual([1, 0.4 / 6]);
  });

  it('knows which roles have frameworks', () => {
    const { ledger, facts } = ledgerOf({
      ...POOL,
      roles: { top: {}, eng: { parent: 'top' } },
      frameworks: { A: 'eng' },
    });
    facts.submit('a', 'A', { cpus: 1 });
    ledger.settle();
    expect([ledger.isUser(facts.roleId('top')), ledger.isUser(facts.roleId('eng'))]).toEqual([false, true]);
  });

  it('reads all shares anew when the capacity changes', () => {
    const { ledger, facts } = ledgerOf(POOL);
    facts.submit('a', 'A', { cpus: 5 }).start('a');
    ledger.settle();
    expect(ledger.roleShare(0)).toBe(0.5);
    facts.resize('cpus', 20);
    ledger.settle();
    expect(ledger.roleShare(0)).toBe(0.25);
  });
});

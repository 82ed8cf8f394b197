import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { SmallCluster } from '../../support/small-cluster.ts';

/** All that can be seen of what nodes have free: amounts, totals, and which of many demands would fit where. */
function free(cluster: Cluster, probes: readonly number[]): unknown {
  const nodes = Array.from({ length: cluster.nodeCount }, (_, node) => node);
  return {
    amounts: nodes.map((node) => cluster.resources.map((_, r) => cluster.free(node, r))),
    totals: cluster.resources.map((_, r) => cluster.totalFree(r)),
    fits: probes.map((task) => nodes.map((node) => cluster.fits(task, node))),
  };
}

const GPUS = [0, 0.1, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 1, 2, 3];

describe('a trial', () => {
  it('takes from the node at once and leaves the task queued', () => {
    const small = new SmallCluster([[4, 0]]);
    const task = small.task([3, 0]);
    small.cluster.trial.take(task, 0);
    expect(small.cluster.free(0, 0)).toBe(1000);
    expect(small.cluster.totalFree(0)).toBe(1000);
    expect(small.cluster.isQueued(task)).toBe(true);
    expect(small.cluster.runningTasks).toBe(0);
    expect(small.cluster.frameworkUsed(0, 0)).toBe(0);
  });

  it('gives back every step and every device, whatever was running and however much was tried', () => {
    const step = fc.record({
      act: fc.constantFrom('run', 'run', 'end', 'try', 'try', 'try', 'rollback'),
      node: fc.integer({ min: 0, max: 2 }),
      cpus: fc.constantFrom(0, 0.001, 0.5, 1, 2),
      gpus: fc.constantFrom(...GPUS),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const small = new SmallCluster([
          [8, 3],
          [4, 1],
          [8, 0],
        ]);
        const { cluster } = small;
        const probes = GPUS.map((gpus) => small.task([0, gpus]));
        const empty = free(cluster, probes);
        const running: number[] = [];
        let before: unknown = null;
        for (const { act, node, cpus, gpus } of steps) {
          const trying = before !== null;
          if (act === 'rollback' && trying) {
            cluster.trial.rollback();
            expect(free(cluster, probes)).toEqual(before);
            before = null;
          } else if (act === 'end' && !trying && running.length > 0) small.end(running.shift()!);
          else if (act === 'run' && !trying) {
            const task = small.task([cpus, gpus]);
            if (!cluster.fits(task, node)) continue;
            cluster.start(task, node);
            running.push(task);
          } else if (act === 'try') {
            const task = small.task([cpus, gpus]);
            if (!cluster.fits(task, node)) continue;
            before ??= free(cluster, probes);
            cluster.trial.take(task, node);
          }
        }
        cluster.trial.rollback();
        if (before !== null) expect(free(cluster, probes)).toEqual(before);
        for (const task of running) small.end(task);
        expect(free(cluster, probes)).toEqual(empty);
      }),
      { numRuns: 200 },
    );
  });

  it('can try one task on several nodes in turn', () => {
    const small = new SmallCluster([
      [4, 0],
      [4, 0],
    ]);
    const task = small.task([3, 0]);
    for (const node of [0, 1]) {
      small.cluster.trial.take(task, node);
      expect(small.cluster.free(node, 0)).toBe(1000);
      small.cluster.trial.rollback();
      expect(small.cluster.free(node, 0)).toBe(4000);
    }
  });

  it('tells listeners of each take and each return', () => {
    const small = new SmallCluster([
      [4, 0],
      [4, 0],
    ]);
    const told: string[] = [];
    small.cluster.watchFree({ onFreeChanged: (node) => told.push(`${node}: ${small.cluster.free(node, 0)}`) });
    small.cluster.trial.take(small.task([1, 0]), 0);
    small.cluster.trial.take(small.task([2, 0]), 1);
    small.cluster.trial.take(small.task([1, 0]), 0);
    small.cluster.trial.rollback();
    expect(told).toEqual(['0: 3000', '1: 2000', '0: 2000', '0: 3000', '1: 4000', '0: 4000']);
  });

  it('has nothing to give back a second time', () => {
    const small = new SmallCluster([[4, 0]]);
    small.cluster.trial.take(small.task([1, 0]), 0);
    small.cluster.trial.rollback();
    small.cluster.trial.rollback();
    expect(small.cluster.free(0, 0)).toBe(4000);
  });
});

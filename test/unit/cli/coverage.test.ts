import { describe, expect, it } from 'vitest';
import { Coverage } from '../../../src/cli/coverage.ts';
import { checkScenario } from '../../../src/cli/read-scenario.ts';
import type { Scenario } from '../../../src/scenario/schema.ts';
import type { RunState } from '../../../src/simulation/pacer.ts';
import { openAccount } from '../../../src/workload/workload-source.ts';

const INLINE = '{ framework: a, jobs: 40, demand: { cpus: 1 }, duration: 1s }';
const DRAWN = '{ generate: { model: poisson, framework: b, rate: 1/s, demand: { cpus: 1 }, duration: 1s, jobs: 60 } }';
const TIMED =
  '{ generate: { model: poisson, framework: c, rate: 1/s, demand: { cpus: 1 }, duration: 1s, until: 80s } }';
const TRACE = '{ trace: { file: traces/batch-64.swf.gz } }';

function scenario(items: readonly string[], until = ''): Scenario {
  const text = `version: 1
cluster: { nodes: [{ name: n, capacity: { cpus: 1 } }] }
workload: [${items.join(', ')}]
${until}`;
  return checkScenario(text, 'test', '.', []).scenario;
}

/** A run at 20 s; of each source so many records were read, replayed and skipped. */
function at(sources: readonly (readonly [read: number, replayed: number, skipped?: number])[], ended = 0): RunState {
  const accounts = sources.map(([read, replayed, skipped = 0]) => ({
    ...openAccount('s', 'f'),
    read,
    replayed,
    skipped: { late: skipped },
  }));
  const arrived = sources.reduce((sum, [, replayed]) => sum + replayed, 0);
  return { now: 20e6, rounds: 1, arrived, ended, tasksEnded: 0, accounts };
}

const never = (): null => null;

describe('coverage', () => {
  it('counts the jobs that items say they have', () => {
    const coverage = new Coverage(scenario([INLINE, DRAWN]), never);
    expect(
      coverage.of(
        at([
          [40, 10],
          [60, 15],
        ]),
      ).workload,
    ).toBe(0.25);
  });

  it('counts a job half when it is submitted and half when it is over', () => {
    const coverage = new Coverage(scenario([INLINE]), never);
    expect(coverage.of(at([[40, 20]], 10)).work).toBe((0.5 + 0.25) / 2);
    expect(coverage.of(at([[40, 40]], 40)).work).toBe(1);
  });

  it('takes a trace to be as long as what was read of it lets one think', () => {
    const coverage = new Coverage(scenario([TRACE]), () => 0.5);
    expect(coverage.of(at([[100, 40, 10]])).workload).toBe(50 / 200);
  });

  it('goes by the time of an item that is drawn until some time', () => {
    const coverage = new Coverage(scenario([TIMED]), never);
    expect(coverage.of(at([[25, 20]])).workload).toBe(20 / 80);
  });

  it('goes by the time until the run is cut, where the workload is not over before', () => {
    expect(new Coverage(scenario([INLINE], 'until: 40s'), never).of(at([[40, 10]])).workload).toBe(0.5);
    expect(new Coverage(scenario([INLINE], 'until: 200s'), never).of(at([[40, 10]])).workload).toBe(0.25);
  });

  it('knows nothing of a trace whose length nobody knows, nor of what it is mixed with', () => {
    const coverage = new Coverage(scenario([INLINE, TRACE]), never);
    expect(
      coverage.of(
        at([
          [40, 10],
          [100, 50],
        ]),
      ),
    ).toEqual({ workload: null, work: null });
  });

  it('is nothing before the first job', () => {
    const before = { ...at([[0, 0]]), now: Number.NEGATIVE_INFINITY };
    for (const until of ['', 'until: 40s']) {
      expect(new Coverage(scenario([INLINE], until), never).of(before)).toEqual({ workload: 0, work: 0 });
    }
  });
});

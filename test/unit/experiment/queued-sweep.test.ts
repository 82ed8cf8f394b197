import { describe, expect, it } from 'vitest';
import { VERSION } from '../../../src/base/version.ts';
import type { Plan } from '../../../src/experiment/plan.ts';
import { runId } from '../../../src/experiment/planned-run.ts';
import { isItself, parseNotice, startsPrograms, sweepNotice } from '../../../src/experiment/queued-sweep.ts';
import { sha256 } from '../../../src/platform/sha256.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import type { Scenario } from '../../../src/scenario/schema.ts';

const services = { traceProblem: () => null, sha256 } as unknown as Parameters<typeof loadScenario>[2];

function scenarioOf(more: string): Scenario {
  const text = `version: 1
name: s
cluster: { nodes: [{ name: n, capacity: { cpus: 4 } }] }
workload: [{ trace: { file: log.swf, as: pool } }]
${more}
`;
  return loadScenario(text, 's.yaml', services, []).scenario;
}

const traces = { 'log.swf': 'a'.repeat(64) };
const scenario = scenarioOf('allocator: fifo');
const id = runId(scenario, traces, sha256);
/** As it comes out of a queue. */
const run = JSON.parse(JSON.stringify({ scenario, extras: {} })) as { scenario: Scenario; extras: object };

describe('a run that lay in a queue', () => {
  it('is itself with the same scenario, traces and version', () => {
    expect(isItself(id, run, traces, sha256)).toBe(true);
  });

  it('is another with another seed or another trace', () => {
    expect(isItself(id, { ...run, scenario: { ...run.scenario, seed: '2' } }, traces, sha256)).toBe(false);
    expect(isItself(id, run, { 'log.swf': 'b'.repeat(64) }, sha256)).toBe(false);
    expect(isItself(id, run, {}, sha256)).toBe(false);
  });
});

describe('the notice of a sweep', () => {
  const plan = { id: 'f'.repeat(64), scenario, traces, runs: [{ scenario }] } as unknown as Plan;

  it('names a queue after the plan, and all that a worker checks', () => {
    const notice = sweepNotice(plan, '/in');
    expect(notice).toEqual({
      ...{ schema: 'allot.queue/1', queue: `sweep-${'f'.repeat(32)}`, version: VERSION, scenario: 's' },
      ...{ folder: '/in', traces, programs: false },
    });
    expect(parseNotice(JSON.stringify(notice))).toEqual(notice);
  });

  it.each(['', '{', 'null', '{"schema":"allot.queue/2","queue":"x"}'])('is not %j', (text) => {
    expect(parseNotice(text)).toBeNull();
  });

  it('says where programs decide, as allocators or as schedulers', () => {
    expect(startsPrograms(scenario)).toBe(false);
    expect(startsPrograms(scenarioOf('allocator: { command: [python3, p.py] }'))).toBe(true);
    const second = 'allocator: mesos\nframeworks: { a: { scheduler: { command: [python3, p.py] } }, b: {} }';
    expect(startsPrograms(scenarioOf(second))).toBe(true);
    expect(startsPrograms(scenarioOf('allocator: mesos\nframeworks: { a: { scheduler: fifo } }'))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { AttendedRun } from '../../../src/cli/attended-run.ts';
import type { Coverage } from '../../../src/cli/coverage.ts';
import { Interruption } from '../../../src/cli/interruption.ts';
import type { Progress } from '../../../src/cli/progress.ts';
import type { RunState } from '../../../src/simulation/pacer.ts';

const coverage = { of: () => ({ workload: 0.4, work: 0.3 }) } as unknown as Coverage;
const silent = { update: () => {} } as unknown as Progress;

function stateAt(rounds: number): RunState {
  return { now: rounds, rounds, arrived: rounds, ended: 0, tasksEnded: 0, accounts: [] };
}

function wait(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('an attended run', () => {
  it('begins with short stretches and lengthens each by a factor of four at most', async () => {
    const run = new AttendedRun(coverage, silent);
    let rounds = 0;
    let stretch = await run.turn(stateAt(0));
    expect(stretch).toBe(1);
    for (let turn = 0; turn < 8; turn++) {
      rounds += stretch;
      const next = await run.turn(stateAt(rounds));
      expect(next).toBeGreaterThanOrEqual(1);
      expect(next).toBeLessThanOrEqual(4 * stretch);
      stretch = next;
    }
  });

  it('shortens the stretch where rounds become dear', async () => {
    const run = new AttendedRun(coverage, silent);
    for (let rounds = 0; rounds <= 8_000; rounds += 1_000) await run.turn(stateAt(rounds));
    wait(80);
    expect(await run.turn(stateAt(8_010))).toBeLessThanOrEqual(5);
  });

  it('lets what waits in the event loop come to pass', async () => {
    const run = new AttendedRun(coverage, silent);
    let heard = false;
    setImmediate(() => {
      heard = true;
    });
    wait(50);
    await run.turn(stateAt(1));
    expect(heard).toBe(true);
  });

  it('ends the run at the next turn when it is told to, and knows how much had come', async () => {
    const run = new AttendedRun(coverage, silent);
    expect(await run.turn(stateAt(1))).toBeGreaterThan(0);
    expect(run.share).toBeNull();
    run.stop();
    expect(await run.turn(stateAt(2))).toBe(0);
    expect(run.share).toBe(0.4);
  });

  it('gives up a run of which there is nothing to tell', async () => {
    const run = new AttendedRun(coverage, silent);
    run.stop();
    expect(() => run.turn(stateAt(0))).toThrow(Interruption);
  });
});

import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../../src/cli/read-scenario.ts';
import { runScenario } from '../../../src/scenario/run-scenario.ts';
import type { Pacer, RunState } from '../../../src/simulation/pacer.ts';

/** One cpu; ten jobs of 10 s, one every 4 s: submitted at 0, 4, …, 36, ended at 10, 20, …, 100. */
const TEN_JOBS = `version: 1
cluster: { nodes: [{ name: n, count: 1, capacity: { cpus: 1 } }] }
workload: [{ framework: a, jobs: 10, every: 4s, demand: { cpus: 1 }, duration: 10s }]
thresholds: { wait.mean: "< 0" }
`;

/** Two jobs of no length and one of 1 s, all at 0: the instant has a second round. */
const TWO_ROUNDS = `version: 1
cluster: { nodes: [{ name: n, count: 1, capacity: { cpus: 1 } }] }
workload:
  - { framework: a, jobs: 2, demand: { cpus: 1 }, duration: 0s }
  - { framework: b, jobs: 1, demand: { cpus: 1 }, duration: 1s }
`;

async function run(text: string, pacer?: Pacer, until?: string) {
  const overrides = until === undefined ? [] : [{ path: 'until', value: until }];
  const { scenario, services } = checkScenario(text, 'test', '.', overrides);
  return (await runScenario(scenario, services, { audit: true, ...(pacer && { pacer }) })).result;
}

/** Lets a run go on for so many rounds at a time until its clock has reached a second. */
function until(second: number, rounds: number): Pacer {
  return { turn: ({ now }) => (now >= second * 1e6 ? 0 : rounds) };
}

describe('a pacer', () => {
  it('is told how far the run is', async () => {
    const states: RunState[] = [];
    await run(TEN_JOBS, {
      turn: (state) => {
        states.push({ ...state });
        return 1;
      },
    });
    const at = (second: number) => states.find(({ now }) => now === second * 1e6);
    expect(states[0]).toMatchObject({ now: Number.NEGATIVE_INFINITY, rounds: 0, arrived: 0, ended: 0, tasksEnded: 0 });
    expect(at(24)).toMatchObject({ arrived: 7, ended: 2, tasksEnded: 2 });
    expect(at(24)!.accounts).toHaveLength(1);
    expect(at(100)).toMatchObject({ arrived: 10, ended: 10 });
  });

  it('changes nothing of a run that it lets go on, however often it is asked', async () => {
    const alone = await run(TEN_JOBS);
    for (const rounds of [1, 2, 7, 1000]) {
      const paced = await run(TEN_JOBS, { turn: async () => rounds });
      expect({ ...paced, engine: null }).toEqual({ ...alone, engine: null });
    }
  });

  it('ends a run as `until` at that instant would', async () => {
    const stopped = await run(TEN_JOBS, until(24, 1));
    const cut = await run(TEN_JOBS, undefined, '24s');
    expect(stopped).toMatchObject({
      interrupted: true,
      time: { end_s: 24 },
      jobs: { submitted: 7, completed: 2, unfinished: 5 },
    });
    expect(cut.interrupted).toBe(false);
    expect(stopped.digest).toBe(cut.digest);
    expect(stopped.metrics).toEqual(cut.metrics);
  });

  it('ends a run behind the last round of its instant', async () => {
    const stopped = await run(TWO_ROUNDS, { turn: ({ rounds }) => (rounds > 0 ? 0 : 1) });
    expect(stopped).toMatchObject({ interrupted: true, time: { end_s: 0 }, jobs: { completed: 2, unfinished: 1 } });
  });

  it('leaves an account that adds up', async () => {
    const { workload } = await run(TEN_JOBS, until(24, 1));
    expect(workload[0]).toMatchObject({ read: 10, replayed: 7, rejected: 0 });
    expect(workload[0]!.skipped).toEqual({ 'after the end of the run (interrupted)': 3 });
  });

  it('leaves thresholds unjudged', async () => {
    expect((await run(TEN_JOBS)).thresholds).toHaveLength(1);
    expect((await run(TEN_JOBS, until(24, 1))).thresholds).toEqual([]);
  });

  it('cannot end a run that has not begun, and calls one that came to its end whole', async () => {
    expect(await run(TEN_JOBS, { turn: () => 0 })).toMatchObject({ interrupted: true, jobs: { submitted: 1 } });
    expect((await run(TEN_JOBS, until(100, 1))).interrupted).toBe(false);
  });
});

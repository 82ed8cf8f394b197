import { describe, expect, it } from 'vitest';
import { runText } from '../../../../support/run-in-process.ts';

const run = (idle: string) =>
  runText(`
version: 1
cluster: { nodes: [{ name: node, capacity: { cpus: 4 } }] }
frameworks: { web: { scheduler: { name: greedy, idle: ${idle} } } }
workload: [{ framework: web, jobs: 3, every: 1500ms, demand: { cpus: 1 }, duration: 20s }]
allocator: mesos
`);

describe('a framework that has just started all it has', () => {
  it('suppresses, so that its next job revives it and waits for none of its refusals', async () => {
    expect((await run('suppress')).metrics['wait.max']).toBe(0);
  });

  it('waits for the end of its refusals where it declines instead', async () => {
    // What is refused at 0 s for 5 s is held back in the batch of 5 s no longer; that of 1.5 s waits for it.
    const { metrics } = await run('decline');
    expect(metrics['wait.max']).toBe(3.5);
  });
});

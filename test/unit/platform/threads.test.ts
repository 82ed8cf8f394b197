import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ThreadDeath, Threads } from '../../../src/platform/threads.ts';

let folder: string;
let module: URL;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-threads-'));
  const path = join(folder, 'task.mjs');
  writeFileSync(
    path,
    `export default function answer(task) {
  if (task === 'exit') process.exit(7);
  if (task === 'fill') for (const all = []; ; ) all.push({ all });
  return task * 2;
}`,
  );
  module = pathToFileURL(path);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('threads', () => {
  it('answer tasks, and outlive one that ends its thread or fills its memory', async () => {
    const threads = await Threads.open<number | string, number>(module, 2, 24);
    const outcomes = await Promise.allSettled([1, 'exit', 2, 'fill', 3, 4].map((task) => threads.run(task)));
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true, true]);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))).toEqual([2, 4, 6, 8]);
    const [exit, fill] = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? outcome.reason : [],
    ) as ThreadDeath[];
    expect(exit).toBeInstanceOf(ThreadDeath);
    expect(exit!.ranOutOfMemory).toBe(false);
    expect(fill!.ranOutOfMemory).toBe(true);
    await threads.close();
  });

  it('that cannot even start answer no task, and leave none waiting', async () => {
    const threads = await Threads.open<number, number>(module, 2, 1);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => threads.run(i)));
    for (const outcome of outcomes) {
      expect(outcome.status).toBe('rejected');
      expect((outcome as PromiseRejectedResult).reason).toMatchObject({ name: 'ThreadDeath', ranOutOfMemory: true });
    }
    await threads.close();
  });
});

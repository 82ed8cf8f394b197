import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allot } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'allot-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [strict, skip] = [join(folder, 'strict'), join(folder, 'skip')];
beforeAll(async () => {
  const scenario = 'scenarios/head-of-line-blocking.yaml';
  await allot(['run', scenario, '-a', 'fifo', '--out', strict]);
  await allot(['run', scenario, '-a', '{name: fifo, queue: skip}', '--out', skip]);
});

it('diff shows where two runs part and what led to it', async () => {
  const { code, out } = await allot(['diff', strict, skip]);
  expect(code).toBe(0);
  expect(out).toContain('they part at 2 s');
  expect(out).not.toContain('they part at 2 s (');
  for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(out).toMatch(/until then alike: 1 running \(N0\); 2 waiting \(WIDE, N-1\)/);
});

it('diff finds a run equal to itself, and exits with 4 for another only if asked', async () => {
  expect(await allot(['diff', strict, strict, '--exit-code'])).toMatchObject({ code: 0 });
  expect(await allot(['diff', strict, skip, '--exit-code', '--json'])).toMatchObject({ code: 4 });
  const { out } = await allot(['diff', strict, skip, '--json']);
  expect(JSON.parse(out)).toMatchObject({ schema: 'allot.diff/1', matched: 7 });
});

it('diff says what it cannot read, with exit code 2', async () => {
  const odd = join(folder, 'odd.csv');
  writeFileSync(odd, 'a,b\n1,2\n');
  expect(await allot(['diff', strict, odd])).toMatchObject({ code: 2 });
  expect((await allot(['diff', strict, join(folder, 'none')])).err).toContain('there is no such file');
});

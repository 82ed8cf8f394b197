import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/report/run-result.ts';
import { allotJson } from '../support/run-cli.ts';

/** Installs another Node from npm, which carries its binaries; part of the full suite alone. */
const full = process.env['ALLOT_FULL'] === '1';
const folder = mkdtempSync(join(tmpdir(), 'allot-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function install(major: number): string {
  const place = join(folder, `node-${major}`);
  execFileSync('mkdir', ['-p', place]);
  writeFileSync(join(place, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', `node@${major}`], { cwd: place, stdio: 'ignore' });
  const binary = [join(place, 'node_modules/node/bin/node'), join(place, 'node_modules/.bin/node')].find(existsSync);
  if (binary === undefined) throw new Error(`node@${major} brought no binary`);
  return binary;
}

const runs: readonly (readonly string[])[] = [
  ['run', 'scenarios/quickstart.yaml'],
  ['run', 'scenarios/mm1.yaml'],
  ['run', 'scenarios/quickstart.yaml', '--allocator', '{name: wfp3, queue: skip, placement: worst-fit}'],
  ['run', 'scenarios/quickstart.yaml', '--allocator', '{name: random, placement: random-fit}'],
  ['replay', 'traces/batch-64.swf.gz', '--allocator', 'f1'],
  ['replay', 'traces/batch-64.swf.gz', '--allocator', 'unicep'],
  ['run', 'scenarios/quickstart.yaml', '--allocator', 'lp-weighted'],
  ['run', 'scenarios/quickstart.yaml', '--allocator', '{name: lp-weighted, objective: max-min}'],
];

describe.skipIf(!full)('another Node gives the same digests and metrics', () => {
  it.each([22, 24])('Node %i', { timeout: 600_000 }, async (major) => {
    const node = install(major);
    expect(execFileSync(node, ['--version']).toString()).toMatch(new RegExp(`^v${major}\\.`));
    for (const words of runs) {
      const here = await allotJson<RunResult>(words);
      const there = await allotJson<RunResult>(words, { node });
      expect({ ...there, engine: null }).toEqual({ ...here, engine: null });
    }
  });
});

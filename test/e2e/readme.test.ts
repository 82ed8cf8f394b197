import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allocators } from '../../src/allocators/registry.ts';
import { allot, ROOT } from '../support/run-cli.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

it('the README shows what the quickstart prints, but for the time it took', async () => {
  const { out } = await allot(['run', 'scenarios/quickstart.yaml']);
  const untimed = (text: string) => text.replace(/ events in .*/g, ' events');
  expect(untimed(readme)).toContain(untimed(out).trim());
});

it('the README shows what a wrong scenario gives', async () => {
  const shown = /\$ npx allot check (\S+)\n([\s\S]*?)```/.exec(readme)!;
  const folder = mkdtempSync(join(tmpdir(), 'allot-readme-'));
  const text = `version: 1
name: two-tenants
cluster:
  nodes:
    - { name: node, count: 8, capacity: { cpus: 16, mem: 64GB } }
workload:
  - { framework: spark, tasks: 16, demand: { cpu: 1, mem: 6GB }, duration: 4 minutes }
alocator: drf
`;
  writeFileSync(join(folder, shown[1]!), text);
  const { err, code } = await allot(['check', shown[1]!], { cwd: folder });
  rmSync(folder, { recursive: true, force: true });
  expect(err.trim()).toBe(shown[2]!.trim());
  expect(code).toBe(2);
});

it('the README counts the allocators', () => {
  expect(/allocators \((\d+) of them/.exec(readme)![1]).toBe(`${allocators.length}`);
});

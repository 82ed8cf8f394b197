import { expect, it } from 'vitest';
import { allot, allotJson } from '../support/run-cli.ts';

interface Probe {
  readonly schema: string;
  readonly frameworks: readonly { framework: string; honest: number; best_claim: unknown; lies: readonly unknown[] }[];
}

it('probe finds no claim that pays under DRF, and tries every lie', async () => {
  const probe = await allotJson<Probe>(['probe', 'scenarios/drf-paper.yaml', '--framework', 'A']);
  expect(probe.schema).toBe('allot.probe/1');
  expect(probe.frameworks).toMatchObject([{ framework: 'A', honest: 3, best_claim: null }]);
  // Four factors for each of two resources, and coming as two.
  expect(probe.frameworks[0]!.lies.length).toBeGreaterThanOrEqual(9);
});

it('probe finds the lie that pays under CEEI', async () => {
  const { code, out } = await allot(['probe', 'scenarios/ceei-lie.yaml']);
  expect(code).toBe(0);
  expect(out).toMatch(/first +323 +mem x 4 +357/);
});

it('probe refuses a framework that there is none of, with exit code 2', async () => {
  const { code, err } = await allot(['probe', 'scenarios/drf-paper.yaml', '--framework', 'Z']);
  expect(code).toBe(2);
  expect(err).toContain('Z');
});

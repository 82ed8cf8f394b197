import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allot } from '../support/run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-conformance-'));
  const wrong = { id: 'wrong', category: 'allocation', capacity: 10, demands: [4, 8], expect: [4, 5] };
  writeFileSync(join(folder, 'schedules-mine.json'), JSON.stringify({ cases: [wrong] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('allot conformance', () => {
  it('says which folder cannot be read, and ends with exit code 2', async () => {
    const { code, out, err } = await allot(['conformance', '--cases', join(folder, 'missing')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${join(folder, 'missing')}: there is no such folder`);
  });

  it('takes the folder from CONFORMANCE_CASES too', async () => {
    const { code, err } = await allot(['conformance'], { env: { CONFORMANCE_CASES: join(folder, 'nowhere') } });
    expect(code).toBe(2);
    expect(err).toContain('nowhere: there is no such folder');
  });

  const { ALLOT_FULL } = process.env;

  it.runIf(ALLOT_FULL === '1')(
    'prints a line a case and a count, and ends with exit code 1 if one fails',
    async () => {
      const { code, out } = await allot(['conformance', '--cases', folder]);
      const lines = out.trimEnd().split('\n');
      expect(lines).toContain('ok schedules/maxmin-classic  max-min');
      expect(lines).toContain('FAILED schedules-mine/wrong  expect.1: got 6, expected 5');
      expect(lines.at(-1)).toMatch(/^\d+ cases: \d+ ok, \d+ declined, \d+ skipped, 1 failed$/);
      expect(lines.length).toBe(Number(/^\d+/.exec(lines.at(-1)!)![0]) + 1);
      expect(code).toBe(1);
    },
    300_000,
  );
});

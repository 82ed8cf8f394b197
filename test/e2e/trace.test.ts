import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allot, allotJson } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'allot-trace-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const LOG = 'traces/batch-64.swf.gz';

interface Inspected {
  readonly schema: string;
  readonly jobs: number;
  readonly records: { readonly read: number; readonly skipped: Record<string, number> };
  readonly resources: { readonly cpus: { readonly offered_load: number | null } };
  readonly quirks: readonly { readonly rule: string }[];
}

describe('allot trace inspect', () => {
  it('shows what a log holds, and its load on the machine of its header', async () => {
    const { code, out } = await allot(['trace', 'inspect', LOG]);
    expect(code).toBe(0);
    for (const part of ['Demand', 'Distributions', 'Arrivals', 'Frameworks', 'Records', 'offered load']) {
      expect(out).toContain(part);
    }
  });

  it('holds the load against another cluster, and tells all as JSON', async () => {
    const header = await allotJson<Inspected>(['trace', 'inspect', LOG]);
    const twice = await allotJson<Inspected>(['trace', 'inspect', LOG, '--nodes', '32xcpus:4']);
    expect(header.schema).toBe('allot.trace-inspect/1');
    expect(header.jobs + Object.values(header.records.skipped).reduce((a, b) => a + b, 0)).toBe(header.records.read);
    expect(twice.resources.cpus.offered_load).toBeCloseTo(header.resources.cpus.offered_load! / 2, 12);
  });

  it('says what it needs where a trace does not say it, with exit code 2', async () => {
    const { code, err } = await allot(['trace', 'inspect', 'traces/service.csv']);
    expect(code).toBe(2);
    expect(err).toContain('columns');
    expect(await allot(['trace', 'inspect', 'nowhere.swf'])).toMatchObject({ code: 2 });
    expect(await allot(['trace'])).toMatchObject({ code: 2 });
    expect((await allot(['trace', 'inspekt', LOG])).code).toBe(2);
    const yaml = await allot(['trace', 'inspect', 'traces/service.csv', '--columns', '{submit: [']);
    expect(yaml.code).toBe(2);
  });
});

describe('allot trace lint', () => {
  const file = join(folder, 'odd.swf');
  writeFileSync(
    file,
    '; MaxProcs: 4\n1 0 -1 10 8 -1 -1 8 5 -1 1 1 1 1 1 1 -1 -1\n2 1 -1 0 1 -1 -1 1 5 -1 1 1 1 1 1 1 -1 -1\n',
  );

  it('lists every record by rule, and fails only if asked to', async () => {
    const { code, out } = await allot(['trace', 'lint', file]);
    expect(code).toBe(0);
    expect(out).toContain(`${file}:3`);
    expect(out).toContain('demands more cpus than there is');
    expect(out).toContain('1 left out, 2 suspicious, 0 to know of');
    expect((await allot(['trace', 'lint', file, '--strict'])).code).toBe(1);
  });

  it('finds nothing in a clean log, strict or not', async () => {
    const clean = join(folder, 'clean.swf');
    writeFileSync(clean, '1 0 -1 10 1 -1 -1 1 20 -1 1 1 1 1 1 1 -1 -1\n');
    expect(await allot(['trace', 'lint', clean, '--strict'])).toMatchObject({ code: 0 });
  });
});

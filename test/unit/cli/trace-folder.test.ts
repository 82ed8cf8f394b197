import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScenarioError } from '../../../src/base/errors.ts';
import { findTraceFolder, openTraceFolder } from '../../../src/cli/trace-folder.ts';
import { MissingTrace } from '../../../src/conformance/trace-folder.ts';

const TEXT = '; MaxProcs: 1\n1 0 -1 1 1 -1 -1 1 1\n';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-logs-'));
  mkdirSync(join(folder, 'swf'));
  writeFileSync(join(folder, 'b.swf'), TEXT);
  writeFileSync(join(folder, 'swf/a.swf.gz'), gzipSync(TEXT));
  writeFileSync(join(folder, 'index.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder of logs', () => {
  it('lists the logs in it and in folders below', () => {
    expect(openTraceFolder(folder).files).toEqual(['b.swf', 'swf/a.swf.gz']);
  });

  it('opens and hashes logs unpacked', async () => {
    const { open, sha256 } = openTraceFolder(folder);
    const chunks: Uint8Array[] = [];
    for await (const chunk of open('swf/a.swf.gz').chunks()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(TEXT);
    const hash = createHash('sha256').update(TEXT).digest('hex');
    expect([await sha256('b.swf'), await sha256('swf/a.swf.gz'), await sha256('b.swf')]).toEqual([hash, hash, hash]);
  });

  it('is the one that is named, else that of the variable', () => {
    expect(findTraceFolder(folder, join(folder, 'swf')).name).toBe(folder);
    expect(findTraceFolder(undefined, folder).name).toBe(folder);
  });

  it('must be there if it is named, and has no logs if the variable names none', () => {
    const missing = join(folder, 'missing');
    expect(() => findTraceFolder(missing, undefined)).toThrow(ScenarioError);
    expect(() => findTraceFolder(join(folder, 'b.swf'), undefined)).toThrow('there is no such folder of traces');
    const none = findTraceFolder(undefined, missing);
    expect(none.files).toEqual([]);
    expect(none.name).toContain(missing);
    expect(() => none.open('a.swf')).toThrow(MissingTrace);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ScenarioError } from '../../../src/base/errors.ts';
import { FileWriter } from '../../../src/platform/file-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'allot-writer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file that is written', () => {
  it('holds what was written at once, though it is still open, and nothing of before', () => {
    const path = join(folder, 'table.csv');
    writeFileSync(path, 'what was there before, and was longer');
    const file = new FileWriter(path);
    const block = bytes('a,b\n1,2\n');
    file.write(block);
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
    block.set(bytes('3'), 4);
    file.write(block.subarray(4));
    file.write(new Uint8Array(0));
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n3,2\n');
  });

  it('says which file cannot be opened, and why', () => {
    const directory = join(folder, 'directory');
    mkdirSync(directory);
    const problems: [string, string][] = [
      [directory, 'this is a directory, not a file'],
      [join(folder, 'none', 'table.csv'), 'there is no such folder'],
      [join(folder, 'x'.repeat(300)), 'it cannot be written: ENAMETOOLONG'],
    ];
    for (const [path, reason] of problems) {
      expect(() => new FileWriter(path)).toThrow(ScenarioError);
      expect(() => new FileWriter(path)).toThrow(`${path}: ${reason}`);
    }
  });

  it.skipIf(!existsSync('/dev/full'))('says when the disk is full', () => {
    const file = new FileWriter('/dev/full');
    expect(() => file.write(bytes('a'))).toThrow(ScenarioError);
    expect(() => file.write(bytes('a'))).toThrow('/dev/full: the disk is full');
    file.close();
  });
});

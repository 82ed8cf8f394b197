import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LineLog } from '../../../src/platform/line-log.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-log-'));
  path = join(folder, 'lines');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('adds lines to what is there', () => {
  writeFileSync(path, 'one\n');
  const log = new LineLog(path);
  log.append('two');
  log.append('three');
  log.close();
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\n');
});

it('has a line in the file before anything else happens', () => {
  const log = new LineLog(path);
  log.append('one');
  expect(readFileSync(path, 'utf8')).toBe('one\n');
  log.close();
});

it('ends a line that was cut off', () => {
  writeFileSync(path, 'one\ntw');
  const log = new LineLog(path);
  log.append('three');
  log.close();
  expect(readFileSync(path, 'utf8')).toBe('one\ntw\nthree\n');
});

it('says why a file cannot be written', () => {
  expect(() => new LineLog(join(folder, 'missing', 'lines'))).toThrow('it cannot be written');
});

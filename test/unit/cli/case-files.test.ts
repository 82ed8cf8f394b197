import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScenarioError } from '../../../src/base/errors.ts';
import { readCaseFiles, shippedCases } from '../../../src/cli/case-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-cases-'));
  const files = { 'one/b.json': '1', 'one/a.json': '2', 'one/README.md': '', 'two/a.json': '2', 'two/b.json': '3' };
  for (const name of ['one', 'two', 'none', 'odd', 'odd/x.json']) mkdirSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('case files', () => {
  it('come with the package', () => {
    const names = readCaseFiles([shippedCases()]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['drf-paper.json', 'queueing.json', 'schedules.json']));
  });

  it('are read in order of name, folder by folder; the same file is read once', () => {
    const files = readCaseFiles([join(folder, 'one'), join(folder, 'two')]);
    expect(files).toEqual([
      { name: 'a.json', text: '2' },
      { name: 'b.json', text: '1' },
      { name: 'b.json', text: '3' },
    ]);
  });

  it.each([
    ['missing', 'there is no such folder'],
    ['none', 'there is no case file (*.json) in it'],
    ['one/a.json', 'this is a file, not a folder'],
    ['odd', 'this is a folder, not a case file'],
  ])('are not found in %s', (name, message) => {
    const read = () => readCaseFiles([join(folder, name)]);
    expect(read).toThrow(ScenarioError);
    expect(read).toThrow(join(folder, name));
    expect(read).toThrow(message);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { resource } from '../../../src/base/amounts.ts';
import { ScenarioError } from '../../../src/base/errors.ts';
import { ResultFolder } from '../../../src/cli/result-folder.ts';
import { JOB_COLUMNS } from '../../../src/metrics/job-rows.ts';

const root = mkdtempSync(join(tmpdir(), 'allot-results-'));
afterAll(() => rmSync(root, { recursive: true }));

const CPUS = [resource('cpus')];
const job = (index: number) => [index, `job ${index}`, 'ann', 'lab', 0, 1.5, 2.5, 1.5, 1, 2.5, 1, 1, 'completed'];

describe('a folder of results', () => {
  it('holds whole rows of jobs and tasks while the run goes on', () => {
    const path = join(root, 'growing');
    const folder = new ResultFolder(path, CPUS);
    let bytes = 0;
    for (let written = 0; bytes < 1_000_000; ) {
      for (let i = 0; i < 5_000; i++) folder.jobRow(job(written++));
      folder.taskRow([written, `job ${written}`, 0, 'ann', 'n-0', 1.5, 2.5, 'completed', 1]);
      const text = readFileSync(join(path, 'jobs.csv'), 'utf8');
      expect(text.length).toBeGreaterThan(bytes);
      bytes = text.length;
      const rows = text.split('\n').length - 2;
      expect(rows).toBeGreaterThan(written - 10_000);
      const expected = Array.from(
        { length: rows },
        (_, i) => `${i},job ${i},ann,lab,0,1.5,2.5,1.5,1,2.5,1,1,completed\n`,
      );
      expect(text === [`${JOB_COLUMNS.join(',')}\n`, ...expected].join('')).toBe(true);
    }
  });

  it('says which of its files cannot be opened', () => {
    const path = join(root, 'taken');
    mkdirSync(join(path, 'tasks.csv'), { recursive: true });
    expect(() => new ResultFolder(path, CPUS)).toThrow(ScenarioError);
    expect(() => new ResultFolder(path, CPUS)).toThrow('tasks.csv: this is a directory');
  });

  it.skipIf(!existsSync('/dev/full'))('says which of its files found the disk full, in the middle of a run', () => {
    const path = join(root, 'full');
    mkdirSync(path);
    symlinkSync('/dev/full', join(path, 'jobs.csv'));
    const folder = new ResultFolder(path, CPUS);
    const rows = (): void => {
      for (let i = 0; i < 100_000; i++) folder.jobRow(job(i));
    };
    expect(rows).toThrow(ScenarioError);
    expect(rows).toThrow('jobs.csv: the disk is full');
  });
});

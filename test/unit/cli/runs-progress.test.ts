import { describe, expect, it } from 'vitest';
import { RunsProgress, runsLine } from '../../../src/cli/runs-progress.ts';
import { plainStyle } from '../../../src/report/style.ts';

const line = (standing: Partial<Parameters<typeof runsLine>[0]>, columns = 100) =>
  runsLine({ done: 33, failed: 0, all: 80, elapsed: 15_000, ...standing }, columns, plainStyle);

describe('the progress of an experiment', () => {
  it('says how many runs are done, how fast, and how long the rest takes', () => {
    expect(line({})).toBe(' 41 % ━━━━━━━━━───────────────  33 of 80 runs · 2.2 runs/s · 21 s left');
    expect(line({ failed: 2 })).toContain('33 of 80 runs · 2 failed · 2.2 runs/s');
  });

  it('does without the bar where there is no room', () => {
    expect(line({}, 60)).toBe(' 41 %  33 of 80 runs · 2.2 runs/s · 21 s left');
  });

  it('counts seconds a run where runs are long', () => {
    expect(line({ done: 2, elapsed: 100_000 })).toContain('50 s a run');
  });

  it('promises nothing before the first run is done, or after the last', () => {
    expect(line({ done: 0 })).toMatch(/^ {2}0 % ─+ {2}0 of 80 runs$/);
    expect(line({ done: 80 })).not.toContain('left');
  });

  it('is silent while nobody watches and it is short', () => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text), isTTY: false } as unknown as NodeJS.WriteStream;
    const progress = new RunsProgress(stream, plainStyle, 2);
    progress.note(false);
    progress.note(true);
    progress.end();
    expect(written).toEqual([]);
  });
});

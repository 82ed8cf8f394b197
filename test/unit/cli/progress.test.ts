import { describe, expect, it } from 'vitest';
import { Progress, progressLine, type Standing } from '../../../src/cli/progress.ts';
import { plainStyle } from '../../../src/report/style.ts';

/** A quarter after 4 s; 1,000 tasks have ended. */
const STANDING: Standing = { share: 0.25, jobs: 500, tasks: 1_000, now: 90e6, elapsed: 4_000 };

describe('the line of progress', () => {
  it('has the part done, a bar, counts, speed, and the time left at that speed', () => {
    expect(progressLine(STANDING, 80, plainStyle)).toBe(
      ` 25 % ${'━'.repeat(6)}${'─'.repeat(18)}  500 jobs · 250 tasks/s · 12 s left`,
    );
  });

  it('gives up the bar first, then facts from the right, so that it never takes two lines', () => {
    expect(progressLine(STANDING, 50, plainStyle)).toBe(' 25 %  500 jobs · 250 tasks/s · 12 s left');
    expect(progressLine(STANDING, 40, plainStyle)).toBe(' 25 %  500 jobs · 250 tasks/s');
    for (let columns = 8; columns < 120; columns++) {
      expect(progressLine(STANDING, columns, plainStyle).length).toBeLessThan(columns);
    }
  });

  it('has counts and the clock alone where nobody knows how long the run will be', () => {
    expect(progressLine({ ...STANDING, share: null }, 80, plainStyle)).toBe('  500 jobs · 250 tasks/s · t = 90 s');
  });

  it('foretells nothing from the first hundredth', () => {
    expect(progressLine({ ...STANDING, share: 0.004 }, 50, plainStyle)).toBe('  0 %  500 jobs · 250 tasks/s');
  });
});

describe('progress', () => {
  function watch(stream: object): { progress: Progress; written: string[] } {
    const written: string[] = [];
    const terminal = { columns: 80, write: (text: string) => written.push(text), ...stream };
    return { progress: new Progress(terminal as unknown as NodeJS.WriteStream, plainStyle), written };
  }

  it('is silent for two seconds, then redraws one line, and leaves nothing behind', () => {
    const { progress, written } = watch({ isTTY: true });
    for (const elapsed of [100, 1_999, 2_000, 2_100, 2_300]) progress.update(elapsed, () => STANDING);
    expect(written).toHaveLength(2);
    for (const text of written) expect([text.startsWith('\r '), text.endsWith('\u001b[K')]).toEqual([true, true]);
    progress.clear();
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('is silent without a terminal, and takes away nothing that was not shown', () => {
    for (const stream of [{ isTTY: false }, {}]) {
      const { progress, written } = watch(stream);
      progress.update(60_000, () => STANDING);
      progress.clear();
      expect(written).toEqual([]);
    }
    const { progress, written } = watch({ isTTY: true });
    progress.update(1_000, () => STANDING);
    progress.clear();
    expect(written).toEqual([]);
  });
});

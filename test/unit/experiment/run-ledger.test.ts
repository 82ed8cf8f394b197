import { describe, expect, it } from 'vitest';
import { resultsDigest } from '../../../src/experiment/results-digest.ts';
import { RunLedger } from '../../../src/experiment/run-ledger.ts';
import type { DoneRecord } from '../../../src/experiment/run-record.ts';
import { sha256 } from '../../../src/platform/sha256.ts';

const done = (run: string, wait = 1, wall = 1) =>
  JSON.stringify({
    ...{ schema: 'allot.run/1', run, label: 'fifo', seed: '1', settings: {}, status: 'done' },
    ...{ digest: 'd', schedule_digest: 's', metrics: { 'wait.mean': wait }, engine: { wall_s: wall, events: 1 } },
  });
const failed = (run: string) =>
  JSON.stringify({
    schema: 'allot.run/1',
    run,
    label: 'fifo',
    seed: '1',
    settings: {},
    status: 'failed',
    reason: 'crash',
    message: 'gone',
  });

function ledgerOf(...lines: string[]): RunLedger {
  const ledger = new RunLedger();
  ledger.readLines(lines.join('\n'));
  return ledger;
}

describe('the records of runs', () => {
  it('count a run once, however often it was done, if it came out the same', () => {
    const ledger = ledgerOf(done('a', 1, 3), done('b'), done('a', 1, 4));
    expect([...ledger.done.keys()]).toEqual(['a', 'b']);
    expect(ledger.conflicts).toEqual([]);
  });

  it('tell of a run that came out differently', () => {
    const { conflicts } = ledgerOf(done('a', 1), done('a', 2));
    expect(conflicts.map(({ run }) => run)).toEqual(['a']);
  });

  it('take a line that was cut off for none, at the end as between others', () => {
    const torn = done('c').slice(0, 90);
    const ledger = ledgerOf(done('a'), torn, done('b'), '\u0000\u0000', torn);
    expect([...ledger.done.keys()]).toEqual(['a', 'b']);
    expect(ledger.unreadable).toBe(3);
  });

  it('no prefix of a line is a record', () => {
    const line = done('a');
    for (let length = 1; length < line.length; length++) {
      expect(ledgerOf(line.slice(0, length)).done.size).toBe(0);
    }
  });

  it.each([
    ['"metrics":{"wait.mean":1}', '"metrics":null'],
    ['"metrics":{"wait.mean":1}', '"metrics":{"wait.mean":"1"}'],
    ['"settings":{}', '"settings":[]'],
    ['"digest":"d"', '"digest":1'],
    ['"status":"done"', '"status":"what"'],
    ['"seed":"1"', '"seed":1'],
    ['"engine":{"wall_s":1,"events":1}', '"engine":null'],
  ])('are none with another thing in place of %s', (part, other) => {
    expect(done('a')).toContain(part);
    const ledger = ledgerOf(done('a').replace(part, other));
    expect([ledger.done.size, ledger.unreadable]).toEqual([0, 1]);
  });

  it('forget a failure once the run is done, in either order', () => {
    for (const lines of [
      [failed('a'), done('a')],
      [done('a'), failed('a')],
    ]) {
      const ledger = ledgerOf(...lines);
      expect([ledger.done.size, ledger.failed.size]).toEqual([1, 0]);
    }
    expect(ledgerOf(failed('a'), failed('a')).failed.size).toBe(1);
  });

  it('have one digest, whatever their order and the time they took', () => {
    const digest = (...lines: string[]) =>
      resultsDigest(
        lines.map((line) => JSON.parse(line) as DoneRecord),
        sha256,
      );
    expect(digest(done('a'), done('b', 2))).toBe(digest(done('b', 2, 9), done('a', 1, 7)));
    expect(digest(done('a'), done('b', 2))).not.toBe(digest(done('a'), done('b', 3)));
    expect(digest(done('a'))).not.toBe(digest(done('a'), done('b')));
  });
});

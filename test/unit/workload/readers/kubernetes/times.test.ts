import { describe, expect, it } from 'vitest';
import { toSeconds } from '../../../../../src/base/time.ts';
import { durationTime, stampTime } from '../../../../../src/workload/readers/kubernetes/times.ts';

describe('a time stamp', () => {
  it.each([
    '1970-01-01T00:00:00Z',
    '2000-02-29T12:34:56Z',
    '2024-03-19T23:48:58.25Z',
    '2026-11-22T10:00:00+02:30',
    '1969-12-31T23:59:59Z',
    '2100-03-01T00:00:00-11:00',
  ])('%s is what a calendar says', (text) => {
    expect(toSeconds(stampTime(text))).toBe(Date.parse(text) / 1_000);
  });

  it.each(['', '2026-01-01', '2026-13-01T00:00:00Z', 'now', null, 3])('is not %j', (text) => {
    expect(stampTime(text)).toBeNaN();
  });
});

describe('a duration in an annotation', () => {
  it.each([
    ['90', 90],
    [90, 90],
    ['1h30m', 5_400],
    ['1.5h', 5_400],
    ['2m0.5s', 120.5],
    ['250ms', 0.25],
    ['1d', 86_400],
  ])('%j is %d s', (text, seconds) => {
    expect(toSeconds(durationTime(text))).toBe(seconds);
  });

  it.each(['', '-5', '5 s', 'soon', '5s5', -1, null])('is not %j', (text) => {
    expect(durationTime(text)).toBeNaN();
  });
});

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ScenarioError } from '../base/errors.ts';
import { compareSchedules, type ScheduleDifference } from '../experiment/diff/compare-schedules.ts';
import { readSchedule } from '../experiment/diff/read-schedule.ts';
import type { Schedule } from '../experiment/diff/schedule.ts';
import { openBytes } from '../platform/files.ts';

/** Texts longer than this are no schedules that fit into memory as text. */
const LONGEST = 500 * 1024 * 1024;

/** Reads two schedules and compares them; a folder stands for the `jobs.csv` in it. */
export async function diffSchedules(a: string, b: string): Promise<ScheduleDifference> {
  return compareSchedules(await openSchedule(a), await openSchedule(b));
}

async function openSchedule(path: string): Promise<Schedule> {
  const isFolder = path !== '-' && existsSync(path) && statSync(path).isDirectory();
  const file = openBytes(isFolder ? join(path, 'jobs.csv') : path);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of file.chunks()) {
    length += chunk.length;
    if (length > LONGEST) throw new ScenarioError('this is longer than 500 MiB', { file: file.name });
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return readSchedule(file.name, parts.join(''));
}

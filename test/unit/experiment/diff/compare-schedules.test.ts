import { describe, expect, it } from 'vitest';
import { compareSchedules } from '../../../../src/experiment/diff/compare-schedules.ts';
import { readSchedule } from '../../../../src/experiment/diff/read-schedule.ts';

const HEAD = 'index,job,framework,role,submit_s,start_s,end_s,wait_s,run_s,response_s,bounded_slowdown,tasks,status';

/** A jobs.csv of `name submit start end`; `-` for what did not happen. */
function jobsCsv(...jobs: readonly string[]): string {
  const rows = jobs.map((job, i) => {
    const [name, submit, start, end] = job.split(' ').map((cell) => (cell === '-' ? '' : cell));
    return `${i},${name},f,f,${submit},${start},${end},,,,,1,completed`;
  });
  return `${[HEAD, ...rows].join('\n')}\n`;
}

async function difference(a: readonly string[], b: readonly string[]) {
  return compareSchedules(await readSchedule('a', jobsCsv(...a)), await readSchedule('b', jobsCsv(...b)));
}

describe('the difference of two schedules', () => {
  it('is none where all jobs start and end at the same times, whatever the order of rows and the clock', async () => {
    const found = await difference(['x 0 0 4', 'y 1 4 6'], ['y 101 104 106', 'x 100 100 104']);
    expect(found).toMatchObject({ matched: 2, same: 2, first: null, moved: { jobs: 0, mean_shift_s: null } });
    expect([found.a.origin_s, found.b.origin_s]).toEqual([0, 100]);
  });

  it('tells when they part, what each does then, and the state that led to it', async () => {
    // On two processors: x and y run; when y ends at 3, a starts z that came later, b keeps the room for wide.
    const found = await difference(
      ['x 0 0 5', 'y 0 0 3', 'wide 1 5 9', 'z 2 3 5'],
      ['x 0 0 5', 'y 0 0 3', 'wide 1 5 9', 'z 2 9 11'],
    );
    expect(found.first).toEqual({
      time_s: 3,
      a: { starts: ['z'], ends: [] },
      b: { starts: [], ends: [] },
      running: ['x'],
      running_jobs: 1,
      waiting: ['wide', 'z'],
      waiting_jobs: 2,
    });
    expect(found).toMatchObject({ matched: 4, same: 3 });
    expect(found.moved).toEqual({
      jobs: 1,
      earlier: 0,
      later: 1,
      mean_shift_s: 6,
      mean_absolute_shift_s: 6,
      max_absolute_shift_s: 6,
    });
    expect(found.farthest).toEqual([{ job: 'z', submit_s: 2, a_start_s: 3, b_start_s: 9, shift_s: 6 }]);
  });

  it('counts jobs that end at another time, that start in one alone, and that one of the two has not', async () => {
    const found = await difference(
      ['x 0 0 4', 'y 0 1 2', 'z 0 2 -', 'only 0 1 2'],
      ['x 0 0 5', 'y 0 - -', 'z 0 2 -', 'extra 0 1 2', 'more 0 1 2'],
    );
    expect(found).toMatchObject({ matched: 3, same: 1, ends_only: 1, started_in_one: 1 });
    expect(found.a).toMatchObject({ jobs: 4, alone: 1, alone_names: ['only'] });
    expect(found.b).toMatchObject({ jobs: 5, alone: 2, alone_names: ['extra', 'more'] });
    expect(found.first).toMatchObject({ time_s: 1, a: { starts: ['y'] }, b: { starts: [] } });
  });

  it('refuses schedules of other jobs', async () => {
    await expect(difference(['x 0 0 4'], ['y 0 0 4'])).rejects.toThrow('no job is in both schedules');
    await expect(difference(['x 0 0 4', 'y 1 4 5'], ['x 0 0 4', 'y 2 4 5'])).rejects.toThrow(
      'these are not the same jobs: `y` was submitted 1 s and 2 s after the first',
    );
  });
});

describe('a schedule', () => {
  it('is read from SWF: start is submit and wait, -1 is nothing', async () => {
    const swf =
      '; MaxProcs: 4\n1 0 5 10 2 -1 -1 2 10 -1 1 1 1 1 1 1 -1 -1\n2 3 -1 -1 2 -1 -1 2 10 -1 0 1 1 1 1 1 -1 -1\n';
    const { format, jobs } = await readSchedule('log.swf', swf);
    expect(format).toBe('swf');
    expect([...jobs.values()]).toEqual([
      { name: '1', submit: 0, start: 5_000_000, end: 15_000_000 },
      { name: '2', submit: 3_000_000, start: null, end: null },
    ]);
  });

  it('is read from the jobs.csv of Batsim, whatever the order of its columns', async () => {
    const csv =
      'job_id,workload_name,submission_time,final_state,starting_time,execution_time,finish_time\n7,w0,1.5,COMPLETED_SUCCESSFULLY,2,3,5\n';
    const { format, jobs } = await readSchedule('jobs.csv', csv);
    expect(format).toBe('batsim');
    expect(jobs.get('7')).toEqual({ name: '7', submit: 1_500_000, start: 2_000_000, end: 5_000_000 });
  });

  it('is refused with its line where something is wrong', async () => {
    const read = (text: string) => readSchedule('f', text);
    await expect(read('')).rejects.toThrow('f: there is nothing in it');
    await expect(read('what is this')).rejects.toThrow('f:1: this is no schedule that is known');
    await expect(read(jobsCsv('x 0 0 4', 'x 1 1 2'))).rejects.toThrow('f:3: a second job `x`');
    await expect(read(jobsCsv('x 0 zero 4'))).rejects.toThrow('f:2: `zero` is no number of seconds');
    await expect(read(jobsCsv('x - 0 4'))).rejects.toThrow('f:2: a job without a time of submission');
    await expect(read(`${HEAD}\n1,2\n`)).rejects.toThrow('f:2: 2 cells, the head has 13');
    await expect(read('; SWF\n1 2\n')).rejects.toThrow('f:2: 2 fields, expected at least 4');
    await expect(read(`${HEAD}\n"0,x\n`)).rejects.toThrow('f:');
  });
});

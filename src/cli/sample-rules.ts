import { ScenarioError } from '../base/errors.ts';
import { parseDuration, type Time } from '../base/time.ts';
import type { SampleRules } from '../trace/job-sample.ts';

/** The options of `trace sample` as they are typed. */
export interface SampleArguments {
  readonly jobs?: string | undefined;
  readonly share?: string | undefined;
  readonly by?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly frameworks?: string | undefined;
  readonly seed?: string | undefined;
}

/** Reads which jobs are to be drawn; throws a ScenarioError for what makes no sense. */
export function sampleRules(args: SampleArguments): SampleRules {
  const { by = 'job', seed = '1', frameworks } = args;
  const [jobs, share] = [countOf(args.jobs), shareOf(args.share)];
  const [from, until] = [timeOf('from', args.from), timeOf('until', args.until)];
  if (by !== 'job' && by !== 'framework') throw new ScenarioError(`--by ${by}: expected job or framework`);
  if (jobs !== undefined && share !== undefined) {
    throw new ScenarioError('--jobs and --share say two things about how many; give one of them');
  }
  if (args.by !== undefined && share === undefined) throw new ScenarioError('--by says what --share draws; give both');
  if ([jobs, share, from, until, frameworks].every((rule) => rule === undefined)) {
    throw new ScenarioError('which jobs? Give --jobs, --share, --from, --until or --frameworks');
  }
  if (until !== undefined && until <= (from ?? 0)) throw new ScenarioError('--until is not after the beginning');
  const names = frameworks?.split(',').map((name) => name.trim());
  return { seed, jobs, share, by, from, until, frameworks: names };
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(count) && count > 0) return count;
  throw new ScenarioError(`--jobs ${text}: expected a whole number above 0`);
}

function shareOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = /%\s*$/.test(text) ? Number(text.replace(/%\s*$/, '')) / 100 : Number(text);
  if (text.trim() !== '' && share > 0 && share <= 1) return share;
  throw new ScenarioError(`--share ${text}: expected a number above 0 and up to 1, or a percentage`);
}

function timeOf(name: string, text: string | undefined): Time | undefined {
  if (text === undefined) return undefined;
  const time = parseDuration(text);
  if (time !== null && time >= 0) return time;
  throw new ScenarioError(`--${name} ${text}: expected a duration, such as 2d`);
}

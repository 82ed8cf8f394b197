import { closeSync, openSync, writeSync } from 'node:fs';
import { below, openStream } from '../../src/base/random.ts';

/** A log that is drawn. */
export interface SyntheticLog {
  readonly jobs: number;
  readonly processors: number;
  /** Work that arrives over what the processors could do. */
  readonly load: number;
}

const USERS = 200;
/** Seconds that users ask for. */
const REQUESTS = [300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400];
/** Jobs drawn to learn how much work one brings on average. */
const PILOT = 200_000;
const CHUNK = 1_048_576;

interface DrawnJob {
  readonly width: number;
  readonly run: number;
  readonly request: number;
  readonly user: number;
}

/**
 * Writes a log in the Standard Workload Format: independent arrivals, widths of powers of two up to an eighth of the
 * processors, run times spread evenly in the logarithm from 5 s to 14 h, requests of usual round lengths.
 */
export function writeSyntheticSwf(file: string, { jobs, processors, load }: SyntheticLog): void {
  const widths = Math.floor(Math.log2(processors / 8)) + 1;
  const drawer = (name: string) => {
    const random = openStream('bench', `swf/${name}`);
    return (): DrawnJob => {
      const run = Math.round(5 * Math.exp(random() * 9.2));
      const wanted = run * (1 + 2 * random() * random());
      const request = REQUESTS.find((seconds) => seconds >= wanted) ?? REQUESTS.at(-1)!;
      // Narrow jobs are the most frequent.
      const width = 1 << Math.min(below(random, widths), below(random, widths));
      return { width, run, request, user: 1 + Math.floor(USERS * random() * random()) };
    };
  };
  const pilot = drawer('pilot');
  let work = 0;
  for (let i = 0; i < PILOT; i++) {
    const { width, run } = pilot();
    work += width * run;
  }
  const gap = work / PILOT / (processors * load);
  const draw = drawer('jobs');
  const arrivals = openStream('bench', 'swf/arrivals');
  const out = openSync(file, 'w');
  let text = `; Computer: drawn\n; MaxJobs: ${jobs}\n; MaxProcs: ${processors}\n`;
  let clock = 0;
  for (let i = 1; i <= jobs; i++) {
    clock -= Math.log(1 - arrivals()) * gap;
    const { width, run, request, user } = draw();
    text += `${i} ${Math.round(clock)} -1 ${run} ${width} -1 -1 ${width} ${request} -1 1 ${user} ${1 + (user % 20)} -1 1 -1 -1 -1\n`;
    if (text.length < CHUNK) continue;
    writeSync(out, text);
    text = '';
  }
  writeSync(out, text);
  closeSync(out);
}

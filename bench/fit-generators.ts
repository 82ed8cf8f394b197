/**
 * Prints the constants of the generators that are fitted to logs, and how far the fits are from them.
 *
 * Usage: tsx bench/fit-generators.ts <folder of logs> google|alibaba|facebook|gpu|services. The logs are those of
 * docs/formats/generators.md; what is printed stands in src/workload/generators.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PROBABILITIES, quantileLaw } from '../src/workload/generators/quantile-law.ts';

const [folder, model] = process.argv.slice(2) as [string, string];

const lines = (file: string): string[] =>
  gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
const rows = (file: string, skip = 1): string[][] =>
  lines(file)
    .slice(skip)
    .map((line) => line.trimEnd().split(','));
const rounded = (x: number) => Number(x.toPrecision(4));
const print = (label: string, value: unknown) => console.log(`${label}: ${JSON.stringify(value)}`);

/** Prints the quantiles of a sample, its mean beside that of the fit, and the Kolmogorov-Smirnov distance. */
function table(label: string, sample: readonly number[], least = 0): void {
  const sorted = Float64Array.from(sample, (x) => Math.max(least, x)).sort();
  const values = PROBABILITIES.map((p) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!));
  const mean = sorted.reduce((a, b) => a + b, 0) / sorted.length;
  // The largest value of a heavy tail says little: the last quantile is chosen so that the means agree, where one can be.
  for (const low = values.at(-2)!; quantileLaw(values).mean! > mean && values.at(-1)! > low; ) {
    values[values.length - 1] = Math.max(low, rounded(values.at(-1)! * 0.99));
  }
  const law = quantileLaw(values);
  let distance = 0;
  for (let p = 0.0005; p < 1; p += 0.001) {
    const x = law.quantile(p);
    const [below, upTo] = [count(sorted, x, false), count(sorted, x, true)].map((n) => n / sorted.length);
    const [lawBelow, lawUpTo] = [lawAt(values, x, false), lawAt(values, x, true)];
    distance = Math.max(distance, lawUpTo - upTo!, below! - lawBelow, upTo! - lawUpTo, lawBelow - below!);
  }
  print(label, values);
  console.log(
    `  n ${sorted.length}, mean ${rounded(mean)}, of the fit ${rounded(law.mean!)}, KS ${distance.toFixed(3)}`,
  );
}

/** The share of a quantile law below `x`, or up to it. */
function lawAt(values: readonly number[], x: number, upTo: boolean): number {
  const law = quantileLaw(values);
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    const q = law.quantile(middle);
    if (upTo ? q <= x : q < x) low = middle;
    else high = middle;
  }
  return low;
}

function count(sorted: Float64Array, x: number, upTo: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo ? sorted[middle]! <= x : sorted[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function gaps(submits: readonly number[]): number[] {
  const sorted = Float64Array.from(submits).sort();
  return Array.from(sorted.subarray(1), (x, i) => x - sorted[i]!);
}

function shares(keys: readonly (string | number)[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(String(key), (counts.get(String(key)) ?? 0) + 1);
  return [...counts].map(([key, n]) => [key, rounded(n / keys.length)] as [string, number]).sort((a, b) => b[1] - a[1]);
}

function weights(counts: readonly number[]): number[] {
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.map((n) => Number((n / mean).toFixed(2)));
}

const fits: Record<string, () => void> = {
  google() {
    const jobs = new Map<string, { submit?: number; start?: number; end?: number; user: string }>();
    for (const [time, , id, event, user] of rows('google2011/job_events.csv.gz')) {
      const job = jobs.get(id!) ?? { user: user! };
      jobs.set(id!, job);
      if (event === '0') job.submit ??= Number(time);
      else if (event === '1') job.start ??= Number(time);
      else if (event! >= '2' && event! <= '6') job.end = Number(time);
    }
    const valid = [...jobs.values()].filter(({ submit, start, end }) => submit! > 0 && end! > start!);
    table(
      'runs, s',
      valid.map(({ start, end }) => (end! - start!) / 1e6),
      1,
    );
    table('gaps, s', gaps(valid.map(({ submit }) => submit! / 1e6)), 1e-6);
    const users = shares(valid.map(({ user }) => user));
    print(
      'users',
      users.slice(0, 50).map(([, share]) => share),
    );
    console.log(
      `  ${users.length} users, the 50 first submit ${rounded(users.slice(0, 50).reduce((a, [, s]) => a + s, 0))}`,
    );
  },
  alibaba() {
    const tasks = rows('alibaba2017/batch_task.csv.gz').filter(
      ([create, end, , , instances, status, cpu, mem]) =>
        status === 'Terminated' &&
        cpu &&
        mem &&
        Number(create) > 0 &&
        Number(end) > Number(create) &&
        Number(instances) >= 1,
    );
    const jobs = new Map<string, number[]>();
    for (const [create, , job] of tasks) jobs.set(job!, [...(jobs.get(job!) ?? []), Number(create)]);
    table(
      'tasks of a job',
      [...jobs.values()].map((times) => times.length),
    );
    table('gaps, s', gaps([...jobs.values()].map((times) => Math.min(...times))), 0.01);
    print('cpus', shares(tasks.map(([, , , , , , cpu]) => cpu!)).slice(0, 4));
    for (const [low, high] of [
      [1, 1],
      [2, 10],
      [11, 100],
      [101, 1e9],
    ] as const) {
      const some = tasks.filter(([, , , , n]) => Number(n) >= low && Number(n) <= high);
      console.log(`instances ${low} to ${high}: share ${rounded(some.length / tasks.length)}`);
      table(
        '  instances',
        some.map(([, , , , n]) => Number(n)),
      );
      table(
        '  runs, s',
        some.map(([create, end]) => Number(end) - Number(create)),
      );
    }
    let [later, previous] = [0, 0];
    const parents: number[] = [];
    for (const [name] of rows('alibaba2018/batch_task_selected_dags.csv.gz')) {
      const match = /^[A-Za-z]+(\d+)((?:_\d+)*)$/.exec(name!);
      if (match === null || match[1] === '1') continue;
      const named = match[2]!
        .split('_')
        .filter((x) => x !== '')
        .map(Number);
      later++;
      parents.push(Math.min(4, named.length));
      if (named.includes(Number(match[1]) - 1)) previous++;
    }
    print('parents of tasks but the first', shares(parents));
    console.log(`  the task before among them: ${rounded(previous / later)}`);
  },
  facebook() {
    const bins = [1, 2, 10, 50, 100, 200, 400, Number.POSITIVE_INFINITY];
    const files = {
      2009: ['FB-2009_samples_24_times_1hr_0', 'FB-2009_samples_24_times_1hr_1'],
      2010: ['FB-2010_samples_24_times_1hr_0'],
    };
    for (const [year, names] of Object.entries(files)) {
      const samples = names.map((name) => lines(`swim/${name}.tsv.gz`).map((line) => line.split('\t').map(Number)));
      const jobs = samples.flat().filter(([, , , map, shuffle, reduce]) => map! + shuffle! + reduce! > 0);
      console.log(`${year}: ${jobs.length} jobs`);
      table(
        'gaps, s',
        samples.flatMap((some) => gaps(some.map(([, submit]) => submit!))),
        0.01,
      );
      let before = 0;
      for (const most of bins) {
        const maps = ([, , , input]: number[]) => Math.max(1, Math.ceil(input! / 134_217_728));
        const some = jobs.filter((job) => maps(job) > before && maps(job) <= most);
        const reducing = some.filter(([, , , , shuffle]) => shuffle! > 0);
        const reduces = reducing.map(([, , , , shuffle]) => Math.min(1_009, Math.ceil(shuffle! / 256e6)));
        print(`maps ${before + 1} to ${most}`, {
          mapOnly: rounded((some.length - reducing.length) / jobs.length),
          reducing: rounded(reducing.length / jobs.length),
          largest: some.reduce((a, job) => Math.max(a, maps(job)), 0),
        });
        table('  maps', some.map(maps));
        if (most === 1)
          table(
            '  MiB',
            some.map(([, , , input]) => input! / 1_048_576),
            1e-6,
          );
        if (reduces.length > 0) table('  reduces', reduces);
        before = most;
      }
    }
  },
  gpu() {
    const all = rows('philly/philly.csv.gz').map(([time, run, gpus, , cluster]) => ({
      submit: Date.parse(`${time!.replace(' ', 'T')}Z`) / 1_000,
      ...{ run: Number(run), gpus: Number(gpus), cluster: cluster! },
    }));
    const first = all.reduce((a, { submit }) => Math.min(a, submit), Number.POSITIVE_INFINITY);
    const jobs = all.filter(({ submit }) => submit >= first + 20 * 86_400 && submit < first + 97 * 86_400);
    console.log(
      `${jobs.length} of ${all.length} jobs, ${new Date((first + 20 * 86_400) * 1_000).toISOString()} on for 77 days`,
    );
    print('clusters', shares(jobs.map(({ cluster }) => cluster)).slice(0, 11));
    const hours = new Array<number>(24).fill(0);
    const days = new Array<number>(7).fill(0);
    for (const { submit } of jobs) {
      hours[Math.floor(submit / 3_600) % 24]!++;
      days[(Math.floor(submit / 86_400) + 3) % 7]!++;
    }
    print('hours', weights(hours));
    print('days', weights(days));
    table('gaps, s', gaps(jobs.map(({ submit }) => submit)), 0.1);
    print('gpus', shares(jobs.map(({ gpus }) => gpus)));
    for (const [low, high] of [
      [1, 1],
      [2, 3],
      [4, 7],
      [8, 999],
    ] as const) {
      table(
        `runs of ${low} to ${high} GPUs, s`,
        jobs.filter(({ gpus }) => gpus >= low && gpus <= high).map(({ run }) => run),
      );
    }
  },
  services() {
    const instances = rows('alibaba-gpu2025/disaggregated_DLRM_trace.csv.gz');
    const services = new Map<string, string[][]>();
    for (const row of instances)
      services.set(`${row[2]} ${row[1]}`, [...(services.get(`${row[2]} ${row[1]}`) ?? []), row]);
    console.log(`${instances.length} instances, ${services.size} services by role`);
    for (const role of ['CN', 'HN']) {
      const some = [...services].filter(([name]) => name.endsWith(role)).map(([, list]) => list);
      console.log(`${role}: share ${rounded(some.length / services.size)}`);
      table(
        '  replicas',
        some.map((list) => list.length),
      );
      table(
        '  cpus',
        some.map((list) => Number(list[0]![3])),
      );
      table(
        '  mem, GiB',
        some.map((list) => Number(list[0]![9])),
      );
      print('  gpus', shares(some.map((list) => list[0]![5]!)));
      print(
        '  one request for all',
        some.filter((list) => new Set(list.map((row) => `${row[3]} ${row[5]} ${row[9]}`)).size === 1).length,
      );
    }
    const ended = instances.filter((row) => row[15] !== '' && row[16] !== '' && Number(row[16]) > Number(row[15]));
    const born = instances.filter((row) => row[14] !== '').length;
    const last = instances.reduce((a, row) => Math.max(a, Number(row[14] || 0), Number(row[16] || 0)), 0);
    console.log(`${born} created, ${ended.length} of them ended, in ${last} s`);
    table(
      'runs of instances that began and ended, s',
      ended.map((row) => Number(row[16]) - Number(row[15])),
    );
    const pods = rows('alibaba-gpu2023/openb_pod_list_default.csv.gz').filter(
      (row) => row[6] === 'LS' && row[10] !== '' && Number(row[9]) > Number(row[10]),
    );
    table(
      'runs of openb LS pods, s',
      pods.map((row) => Number(row[9]) - Number(row[10])),
    );
    table('gaps of openb LS pods, s', gaps(pods.map((row) => Number(row[8]))), 0.1);
  },
};

fits[model]!();

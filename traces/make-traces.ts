// Makes the traces of this folder: `npx tsx traces/make-traces.ts`. A test checks that they are what it makes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { below, openStream } from '../src/base/random.ts';

const SEED = 'traces';

/** A batch system of 64 processors: 3,000 jobs in five days, busier by day, most of them narrow and short. */
export function batch64(): string {
  const random = openStream(SEED, 'batch-64');
  const lines = [
    '; Version: 2.2',
    '; Computer: none (synthetic)',
    '; Note: made by traces/make-traces.ts, seed `traces`',
    '; MaxJobs: 3000',
    '; MaxProcs: 64',
    '; UnixStartTime: 0',
  ];
  const users = Array.from({ length: 24 }, (_, user) => ({ user: user + 1, weight: 1 / (user + 1) }));
  const all = users.reduce((sum, { weight }) => sum + weight, 0);
  let clock = 0;
  for (let job = 1; job <= 3_000; job++) {
    const hour = (clock / 3_600) % 24;
    const busy = hour >= 8 && hour < 18 ? 1.9 : 0.5;
    clock += (-Math.log(1 - random()) * 165) / busy;
    const width = random() < 0.25 ? 1 : 1 << below(random, 6);
    const run = Math.max(1, Math.round(Math.exp(4 + 4.2 * random() + 1.5 * (random() - 0.5))));
    const estimate = Math.ceil((run * (1 + 4 * random())) / 300) * 300;
    const status = random() < 0.06 ? 0 : 1;
    const user = draw(users, random() * all);
    const submit = Math.round(clock);
    const fields = [
      job,
      submit,
      -1,
      run,
      width,
      -1,
      -1,
      width,
      estimate,
      -1,
      status,
      user,
      (user % 4) + 1,
      -1,
      run > 3_600 ? 2 : 1,
      -1,
      -1,
      -1,
    ];
    lines.push(fields.join(' '));
  }
  return `${lines.join('\n')}\n`;
}

/** Who stands at `at` when the weights are laid end to end. */
function draw(users: readonly { user: number; weight: number }[], at: number): number {
  let left = at;
  for (const { user, weight } of users) {
    left -= weight;
    if (left < 0) return user;
  }
  return users[0]!.user;
}

/** Requests to a small service: 500 rows of CSV with a header, milliseconds and megabytes. */
export function serviceCsv(): string {
  const random = openStream(SEED, 'service');
  const lines = ['request,arrival_ms,run_ms,tenant,cores,mem_mb'];
  let clock = 0;
  for (let request = 1; request <= 500; request++) {
    clock += -Math.log(1 - random()) * 250;
    const run = Math.max(1, Math.round(-Math.log(1 - random()) * 1_800));
    const tenant = ['blue', 'green', 'red'][below(random, 3)]!;
    lines.push(
      [`r${request}`, Math.round(clock), run, tenant, 1 + below(random, 4), 256 << below(random, 4)].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

if (process.argv[1]?.endsWith('make-traces.ts')) {
  writeFileSync(join(import.meta.dirname, 'batch-64.swf.gz'), gzipSync(batch64(), { level: 9 }));
  writeFileSync(join(import.meta.dirname, 'service.csv'), serviceCsv());
}

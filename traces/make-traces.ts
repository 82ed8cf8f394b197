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

/** Twenty-four nodes in four racks, twenty of them with GPUs of three models: this project's own list of nodes. */
export function gpuNodesCsv(): string {
  const kinds = [
    { model: 'V100', count: 8, cpus: 64, mem: '512GB', gpus: 8, price: 12 },
    { model: 'T4', count: 8, cpus: 48, mem: '256GB', gpus: 4, price: 3 },
    { model: 'A10', count: 4, cpus: 32, mem: '128GB', gpus: 2, price: 2 },
    { model: '', count: 4, cpus: 96, mem: '384GB', gpus: 0, price: 1.5 },
  ];
  const lines = ['name,cpus,mem,gpus,attribute.gpu-model,attribute.rack,price'];
  for (const { model, count, cpus, mem, gpus, price } of kinds) {
    for (let i = 0; i < count; i++) {
      const name = `${model === '' ? 'cpu' : model.toLowerCase()}-${i}`;
      lines.push([name, cpus, mem, `${gpus}d`, model, `r${i % 4}`, price].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** What happens to those nodes within a day: rack r1 loses power for two hours, two nodes are drained one by one. */
export function gpuEventsCsv(): string {
  const lines = ['at,node,is,for'];
  for (const node of ['v100-1', 'v100-5', 't4-1', 't4-5', 'a10-1', 'cpu-1']) lines.push(`6h,${node},down,2h`);
  lines.push('9h,v100-2,draining,90m', '12h,v100-3,draining,90m');
  return `${lines.join('\n')}\n`;
}

/** Nine hundred pods of a day on those nodes, in the columns of Alibaba's openb lists. */
export function gpuPodsCsv(): string {
  const random = openStream(SEED, 'gpu-pods');
  const lines = [
    'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time',
  ];
  let clock = 0;
  for (let pod = 0; pod < 900; pod++) {
    clock += -Math.log(1 - random()) * 90;
    const kind = random();
    const whole = kind < 0.45 ? 1 : kind < 0.55 ? 2 << below(random, 3) : 0;
    const isShare = kind >= 0.55 && kind < 0.85;
    const milli = whole > 0 ? 1_000 : isShare ? 10 * (10 + below(random, 60)) : 0;
    const devices = isShare ? 1 : whole;
    const spec =
      devices === 8 ? 'V100' : devices > 0 && random() < 0.5 ? ['V100', 'T4', 'A10|T4'][below(random, 3)]! : '';
    // Four or eight GPUs stand in no A10 or T4 node.
    const models = devices > 2 && spec !== '' ? 'V100' : spec;
    const run = Math.round(Math.exp(6 + 4 * random()));
    const submit = Math.round(clock);
    const qos = random() < 0.6 ? 'LS' : 'BE';
    const cores = 1_000 * Math.max(1, devices * (2 + below(random, 6)));
    lines.push(
      [`pod-${pod}`, cores, cores * 4, devices, milli, models, qos, 'Succeeded', submit, submit + run, submit].join(
        ',',
      ),
    );
  }
  return `${lines.join('\n')}\n`;
}

if (process.argv[1]?.endsWith('make-traces.ts')) {
  writeFileSync(join(import.meta.dirname, 'batch-64.swf.gz'), gzipSync(batch64(), { level: 9 }));
  writeFileSync(join(import.meta.dirname, 'service.csv'), serviceCsv());
  writeFileSync(join(import.meta.dirname, 'gpu-nodes.csv'), gpuNodesCsv());
  writeFileSync(join(import.meta.dirname, 'gpu-events.csv'), gpuEventsCsv());
  writeFileSync(join(import.meta.dirname, 'gpu-pods.csv'), gpuPodsCsv());
}

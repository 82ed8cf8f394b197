import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/run-cli.ts';
import { runScript } from '../support/run-script.ts';

/** What each example prints. */
const OUTPUT: Readonly<Record<string, readonly string[]>> = {
  // 60 x 100 s x 1 cpu + 10 x 30 s x 2 cpus = 6600 of 32 x 230 = 7360 cpu-seconds are used, 89.7 %, whoever is first.
  'custom-allocator.ts': [
    'turns  11 jobs in 230 s, mean wait: batch 0 s, web 17 s; cpus 89.7 %',
    'fifo   11 jobs in 230 s, mean wait: batch 0 s, web 66 s; cpus 89.7 %',
    'drf    11 jobs in 230 s, mean wait: batch 0 s, web 13 s; cpus 89.7 %',
  ],
  'custom-workload.ts': [
    ' 4 cpus: 3849 jobs made, 3849 run; wait mean 6 m 6 s, p95 19 m 16 s, max 27 m 1 s',
    ' 8 cpus: 3849 jobs made, 3849 run; wait mean 95 s, p95 7 m 41 s, max 12 m 43 s',
    '16 cpus: 3849 jobs made, 3849 run; wait mean 21.1 s, p95 2 m 27 s, max 4 m 41 s',
  ],
  'sweep.ts': [
    'mean wait, s                    seed 1   seed 2   seed 3   seed 4   seed 5     mean',
    'fifo                            105.37   499.30   280.52  1077.71  1022.60   597.10',
    '{ name: fifo, queue: skip }      17.80    37.07    34.56    98.16    96.08    56.73',
    '{ name: sjf, queue: skip }       12.88    25.67    18.57    38.39    36.28    26.36',
    '{ name: wfp3, queue: skip }      13.21    27.19    20.60    53.59    46.11    32.14',
  ],
};

describe('each example runs and prints what it should', () => {
  it.each(readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.ts')))('%s', async (file) => {
    const { code, out, err } = await runScript(`examples/${file}`);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual(OUTPUT[file]);
  });
});

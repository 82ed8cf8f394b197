import { closeSync, openSync, writeSync } from 'node:fs';
import { below, openStream } from '../../src/base/random.ts';

const CHUNK = 1_048_576;
const QUEUES = ['batch', 'debug', 'long'] as const;

/**
 * Writes a CSV file of ten columns with a header: id, user, queue, submit, run, limit, cpus, mem, gpus, status; times in
 * seconds, `submit` with three decimals and rising. Of a quoted file, every user stands in quotes.
 */
export function writeSyntheticCsv(file: string, { rows, quoted }: { rows: number; quoted: boolean }): void {
  const random = openStream('bench', 'csv');
  const quote = quoted ? '"' : '';
  const out = openSync(file, 'w');
  let text = 'id,user,queue,submit,run,limit,cpus,mem,gpus,status\n';
  let submit = 0;
  for (let row = 1; row <= rows; row++) {
    submit += below(random, 4_000);
    const run = 1 + below(random, 50_000);
    const user = `${quote}user${below(random, 300)}${quote}`;
    const asked = `${1 + below(random, 64)},${256 * (1 + below(random, 64))},${below(random, 5)}`;
    const times = `${(submit / 1_000).toFixed(3)},${run},${run + below(random, 9_000)}`;
    text += `j${row},${user},${QUEUES[below(random, 3)]},${times},${asked},completed\n`;
    if (text.length < CHUNK) continue;
    writeSync(out, text);
    text = '';
  }
  writeSync(out, text);
  closeSync(out);
}

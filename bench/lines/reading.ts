import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Contest, Lab } from '../harness/contest.ts';
import { ours, speedOfTwin } from '../harness/figures.ts';
import { syntheticLog } from '../harness/logs.ts';
import { writeSyntheticCsv } from '../harness/synthetic-csv.ts';

const BOUNDS = { must: 0.4, aim: 0.65 };

/** Rows a second from bytes to jobs in order, without a simulation, against a parser of bytes. */
export const reading: Bench = {
  name: 'reading',
  contests(lab) {
    const rows = lab.quick ? 20_000 : 1_000_000;
    return [
      contest(lab, 'SWF', 'swf', rows, syntheticLog(lab, { jobs: rows, processors: 1_000, load: 0.8 }), BOUNDS),
      contest(lab, 'CSV', 'csv', rows, csvFile(lab, rows, false), BOUNDS),
      contest(lab, 'CSV, a column in quotes', 'csv', rows, csvFile(lab, rows, true), {}),
    ];
  },
};

function contest(lab: Lab, label: string, format: string, rows: number, file: string, bounds: object): Contest {
  return {
    name: 'reading',
    sides: [ours(() => lab.part('reading.ts', [format, file])), ...lab.twin('parse', [format, file], 'part')],
    figures: [
      speedOfTwin(label, bounds),
      {
        label,
        unit: 'rows a CPU second',
        needs: ['ours'],
        better: 'more',
        of: ({ ours }) => rows / ours!.cpu,
      },
    ],
  };
}

function csvFile(lab: Lab, rows: number, quoted: boolean): string {
  const file = join(lab.folder, `synthetic-${rows}${quoted ? '-quoted' : ''}.csv`);
  if (!existsSync(file)) writeSyntheticCsv(file, { rows, quoted });
  return file;
}

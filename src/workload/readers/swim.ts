import type { OptionReader, OptionSpecs } from '../../base/options.ts';
import { formatDuration, fromSeconds, type Time } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import type { DraftStage } from './draft.ts';
import { type TableRow, tableReader } from './table.ts';

const COLUMNS = ['job', 'submit', 'gap', 'map_input', 'shuffle', 'reduce_output'];

/** Columns that count bytes. */
const BYTES = ['map_input', 'shuffle', 'reduce_output'] as const;

const MIB = 1_048_576;

/** How bytes become tasks and times: the defaults are Hadoop's and Hive's where there are such, else assumptions. */
const own: OptionSpecs = {
  block: { kind: 'number', min: 1, default: 128 * MIB, summary: 'Bytes of input that one map task reads.' },
  'reducer-bytes': { kind: 'number', min: 1, default: 256_000_000, summary: 'Bytes of shuffle for one reduce task.' },
  'max-reducers': { kind: 'number', whole: true, min: 1, default: 1_009, summary: 'Reduce tasks of a job at most.' },
  'map-rate': { kind: 'number', min: 1e-6, default: 50, summary: 'MiB a second that a map task reads and writes.' },
  'reduce-rate': {
    kind: 'number',
    min: 1e-6,
    default: 50,
    summary: 'MiB a second that a reduce task reads and writes.',
  },
  startup: { kind: 'duration', zero: true, default: '1s', summary: 'What each task takes besides.' },
  cpus: { kind: 'number', min: 0, default: 1, summary: 'Cores of a task.' },
  mem: { kind: 'number', min: 0, default: 1_024, summary: 'MiB of a task.' },
};

/**
 * Reads the MapReduce workloads of SWIM: a job a record, with the bytes that it reads, shuffles and writes.
 *
 * The files tell neither tasks nor run times, so both follow from the bytes by stated rates; a job is a stage of map tasks
 * and, where it shuffles, one of reduce tasks that waits for it.
 *
 * @see Chen et al., The case for evaluating MapReduce performance using workload suites, MASCOTS 2011
 */
export const swim = tableReader({
  name: 'swim',
  summary: 'SWIM: MapReduce jobs with bytes read, shuffled and written; tasks and times by stated rates',
  columns: COLUMNS,
  headless: COLUMNS,
  delimiter: '\t',
  own,
  resources: ['cpus', 'mem'],
  as: 'tasks',
  canBe: ['tasks'],
  looksLikeRow: (cells) =>
    cells.length >= COLUMNS.length &&
    /^job/i.test(cells[0]!) &&
    cells.slice(1, COLUMNS.length).every((cell) => /^\d+$/.test(cell)),
  open({ context, account, writer, options }) {
    const [cpus, mem] = demandColumns(['cpus', 'mem'], 'swim', context, account);
    const demand = new Float64Array(context.resources.length);
    if (cpus! >= 0) demand[cpus!] = options.own.number('cpus');
    if (mem! >= 0) demand[mem!] = options.own.number('mem');
    const rates = new MapReduceRates(options.own, demand);
    for (const name of Object.keys(own)) {
      const value =
        own[name]!.kind === 'duration' ? formatDuration(options.own.duration(name)!) : options.own.number(name);
      account.rules[name] = value;
    }
    return {
      take(row) {
        const submit = row.number('submit');
        if (Number.isNaN(submit)) return 'not a number: submit';
        const bytes = readBytes(row);
        if (typeof bytes === 'string') return bytes;
        const { line } = row;
        const framework = row.framework();
        writer.addWhole(
          {
            name: row.text('job'),
            framework,
            submit: fromSeconds(submit),
            estimate: Number.NaN,
            priority: 0,
            constraint: 0,
            line,
          },
          rates.stages(bytes),
        );
        return null;
      },
    };
  },
});

interface JobBytes {
  readonly input: number;
  readonly shuffle: number;
  readonly output: number;
}

/** Gives the bytes of a job, or the reason why it is left out. */
function readBytes(row: TableRow): JobBytes | string {
  for (const column of BYTES) {
    const bytes = row.number(column);
    if (Number.isNaN(bytes)) return `not a number: ${column}`;
    if (bytes < 0) return `negative: ${column}`;
  }
  const [input, shuffle, output] = BYTES.map((column) => row.number(column)) as [number, number, number];
  return input + shuffle + output > 0 ? { input, shuffle, output } : 'no bytes';
}

/** Turns the bytes of a job into stages of equal tasks. */
class MapReduceRates {
  readonly #options: OptionReader;
  readonly #demand: Float64Array;

  constructor(options: OptionReader, demand: Float64Array) {
    this.#options = options;
    this.#demand = demand;
  }

  /** The map stage, and the reduce stage where something is shuffled. */
  stages({ input, shuffle, output }: JobBytes): DraftStage[] {
    const maps = Math.max(1, Math.ceil(input / this.#options.number('block')));
    const written = shuffle > 0 ? shuffle : output;
    const map = this.#stage('map', [], maps, (input + written) / this.#options.number('map-rate'));
    if (shuffle === 0) return [map];
    const wanted = Math.ceil(shuffle / this.#options.number('reducer-bytes'));
    const reduces = Math.min(wanted, this.#options.number('max-reducers'));
    return [map, this.#stage('reduce', ['map'], reduces, (shuffle + output) / this.#options.number('reduce-rate'))];
  }

  /** `work` is bytes of all its tasks over MiB a second; no task takes less than a microsecond. */
  #stage(key: string, parents: readonly string[], width: number, work: number): DraftStage {
    const run: Time = Math.max(1, this.#options.duration('startup')! + fromSeconds(work / MIB / width));
    return { key, parents, width, run, demand: this.#demand };
  }
}

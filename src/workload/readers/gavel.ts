import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { readThroughputs } from './gavel-throughputs.ts';
import { tableReader } from './table.ts';

/** Columns of the traces of the physical cluster. */
const PHYSICAL = [
  'job_type',
  'command',
  'working_directory',
  'num_steps_arg',
  'needs_data_dir',
  'total_steps',
  'scale_factor',
  'priority_weight',
  'SLO',
  'arrival_time',
] as const;

/** Columns of the traces made of Philly's, with the virtual cluster in front. */
const BY_VC = [
  'vc',
  'job_type',
  'command',
  'num_steps_arg',
  'needs_data_dir',
  'total_steps',
  'arrival_time',
  'scale_factor',
] as const;

/**
 * Reads the traces of Gavel: training jobs with their steps, whose run time follows from measured throughputs.
 *
 * The run time is that on the reference worker alone; how fast a job goes elsewhere becomes its speeds by attribute of the
 * node.
 *
 * @see Narayanan et al., Heterogeneity-aware cluster scheduling policies for deep learning workloads, OSDI 2020
 */
export const gavelTraces = tableReader({
  name: 'gavel',
  summary: 'Gavel as TSV: training jobs with steps, and their measured throughputs on kinds of GPUs',
  as: 'gang',
  columns: ['job_type', 'total_steps', 'scale_factor', 'arrival_time'],
  optional: ['vc', 'priority_weight', 'SLO'],
  headless: (cells) => (cells >= PHYSICAL.length ? PHYSICAL : BY_VC),
  delimiter: '\t',
  resources: ['gpus'],
  frameworkBy: { user: 'vc', queue: 'vc', group: 'job_type' },
  own: {
    throughputs: {
      kind: 'text',
      default: '',
      summary: 'The JSON file of measured throughputs, beside the scenario; must be given.',
    },
    reference: { kind: 'text', default: 'v100', summary: 'The kind of worker whose run times the jobs get.' },
    attribute: { kind: 'text', default: 'type', summary: 'The attribute of nodes that tells their kind of worker.' },
    speeds: {
      kind: 'flag',
      default: true,
      summary: 'Whether jobs go at other speeds elsewhere, or everywhere as on the reference.',
    },
  },
  looksLikeRow: (cells) =>
    (cells.length === PHYSICAL.length && isRow(cells, PHYSICAL)) ||
    (cells.length === BY_VC.length && isRow(cells, BY_VC)),

  async open({ context, account, writer, options: { own } }) {
    const file = own.text('throughputs');
    if (file === '') {
      const message = 'is missing: the steps of a gavel trace become run times by a file of throughputs';
      throw new ScenarioError([{ path: 'options.throughputs', message }]);
    }
    const [gpus] = demandColumns(['gpus'], 'gavel', context, account);
    const throughputs = await readThroughputs(context.openFile(file), own.text('reference'));
    account.rules['throughputs'] = file;
    account.rules['reference'] = own.text('reference');
    account.rules['speeds'] = own.flag('speeds') ? `by ${own.text('attribute')}` : 'none';
    const demand = new Float64Array(context.resources.length);
    demand[gpus!] = 1;
    const constraints = new Map<string, number>();

    return {
      take(row) {
        const submit = row.number('arrival_time');
        if (Number.isNaN(submit)) return 'not a number: arrival_time';
        const width = row.number('scale_factor');
        if (Number.isNaN(width)) return 'not a number: scale_factor';
        const steps = row.number('total_steps');
        if (Number.isNaN(steps)) return 'not a number: total_steps';
        const type = row.text('job_type');
        const rate = throughputs.onReference(type, width);
        if (Number.isNaN(rate)) return 'no throughput';
        if (rate === 0) return 'throughput of zero';
        const weight = row.number('priority_weight');
        if (row.has('priority_weight') && !(weight > 0)) return 'no weight above zero';
        if (row.number('SLO') > 0) writer.note('deadline not looked at', 1, row.line);
        writer.add(
          {
            name: account.read,
            framework: row.framework(),
            submit: fromSeconds(submit),
            estimate: Number.NaN,
            priority: 0,
            weight: row.has('priority_weight') && weight !== 1 ? context.weight(weight, 0) : 0,
            constraint: own.flag('speeds') ? constraint(type, width) : 0,
            line: row.line,
          },
          { run: fromSeconds(steps / rate), width, demand },
        );
        return null;
      },
    };

    function constraint(type: string, width: number): number {
      const key = `${width} ${type}`;
      const known = constraints.get(key);
      if (known !== undefined) return known;
      const made = context.constraint({}, { [own.text('attribute')]: throughputs.ratios(type, width) });
      constraints.set(key, made);
      return made;
    }
  },
});

function isRow(cells: readonly string[], columns: readonly string[]): boolean {
  const cell = (name: string): string => cells[columns.indexOf(name)]!;
  const isNumber = (name: string): boolean => cell(name) !== '' && Number.isFinite(Number(cell(name)));
  return /^[01]$/.test(cell('needs_data_dir')) && ['total_steps', 'scale_factor', 'arrival_time'].every(isNumber);
}

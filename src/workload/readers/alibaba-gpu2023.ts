import { ScenarioError } from '../../base/errors.ts';
import { fromSeconds, type Time } from '../../base/time.ts';
import { constraintRows } from './constraint-rows.ts';
import { demandColumns } from './demand-columns.ts';
import { type TableRow, tableReader } from './table.ts';

const TIMES = ['creation_time', 'scheduled_time', 'deletion_time'] as const;

/**
 * Reads the pod lists of Alibaba's openb cluster: a pod a record, with a share of one GPU or whole ones.
 *
 * The run time is from scheduling to deletion. The lists of the published experiments have no times, and there pods are
 * submitted in the order of the list and stay: `arrival: order`.
 *
 * @see Weng et al., Beware of fragmentation: scheduling GPU-sharing workloads with FGD, ATC 2023
 */
export const alibabaGpu2023 = tableReader({
  name: 'alibaba-gpu2023',
  summary: 'Alibaba GPU 2023 (openb) pods: shares of GPUs, GPU models allowed',
  columns: ['name', 'cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli'],
  optional: ['gpu_spec', 'qos', 'pod_phase', ...TIMES],
  resources: ['cpus', 'mem', 'gpus'],
  canBe: ['pool', 'tasks', 'gang'],
  frameworkBy: { user: 'qos', queue: 'qos' },
  own: {
    arrival: {
      kind: 'choice',
      of: ['recorded', 'order'],
      default: 'recorded',
      summary: 'by the times of the list, or in its order, every so often, each for the same time',
    },
    every: { kind: 'duration', zero: true, default: '1s', summary: 'with `arrival: order`, from one pod to the next' },
    'run-time': { kind: 'duration', default: '1000d', summary: 'with `arrival: order`, how long each pod stays' },
    'gpu-models': {
      kind: 'choice',
      of: ['heed', 'ignore'],
      default: 'heed',
      summary: 'whether `gpu_spec` restricts a pod to nodes by their attribute `gpu-model`',
    },
  },
  open({ options: { own, file }, context, account, writer }) {
    const [cpus, mem, gpus] = demandColumns(['cpus', 'mem', 'gpus'], 'alibaba-gpu2023', context, account);
    const demand = new Float64Array(context.resources.length);
    const [inOrder, heeds] = [own.text('arrival') === 'order', own.text('gpu-models') === 'heed'];
    const [every, stay] = [own.duration('every')!, own.duration('run-time')!];
    account.rules['arrival'] = own.text('arrival');
    account.rules['gpu-models'] = own.text('gpu-models');
    const rowOf = constraintRows('gpu-model', context);
    return {
      take(row) {
        if (!inOrder && !TIMES.every((column) => row.has(column))) throw new ScenarioError(NO_TIMES, { file });
        const fault = podFault(row);
        if (fault !== null) return fault;
        const times = inOrder ? { submit: (account.read - 1) * every, run: stay } : recorded(row);
        if (typeof times === 'string') return times;
        if (cpus! >= 0) demand[cpus!] = row.number('cpu_milli') / 1_000;
        if (mem! >= 0) demand[mem!] = row.number('memory_mib');
        if (gpus! >= 0) demand[gpus!] = (row.number('num_gpu') * row.number('gpu_milli')) / 1_000;
        const constraint = heeds ? rowOf(row.text('gpu_spec')) : 0;
        const framework = row.framework();
        const { submit, run } = times;
        writer.add(
          { name: row.text('name'), framework, submit, estimate: Number.NaN, priority: 0, constraint, line: row.line },
          { run, width: 1, demand },
        );
        return null;
      },
    };
  },
});

const NO_TIMES =
  'the list has no times: `options: { arrival: order }` submits its pods in their order (see `every` and `run-time`)';

function podFault(row: TableRow): string | null {
  for (const column of ['cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli']) {
    const value = row.number(column);
    if (Number.isNaN(value)) return row.isEmpty(column) ? `missing: ${column}` : `not a number: ${column}`;
    if (value < 0) return `negative: ${column}`;
  }
  const [devices, milli] = [row.number('num_gpu'), row.number('gpu_milli')];
  if (!Number.isInteger(devices) || milli > 1_000) return 'not whole gpus or a share of one';
  return devices > 1 && milli < 1_000 && milli > 0 ? 'not whole gpus or a share of one' : null;
}

/** When a pod came and how long it stayed, or why that cannot be told. */
function recorded(row: TableRow): { submit: Time; run: Time } | string {
  for (const [column, reason] of [
    ['creation_time', 'unknown submit'],
    ['scheduled_time', 'never scheduled'],
    ['deletion_time', 'no end'],
  ] as const) {
    if (row.isEmpty(column)) return reason;
    if (Number.isNaN(row.number(column))) return `not a number: ${column}`;
  }
  const [submit, start, end] = TIMES.map((column) => fromSeconds(row.number(column))) as [Time, Time, Time];
  if (start < submit) return 'scheduled before submit';
  return end < start ? 'unknown run time' : { submit, run: end - start };
}

import { type Problem, ScenarioError } from '../../base/errors.ts';
import { fromSeconds, type Time } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { SiaPlacements, SiaSteps } from './sia-profiles.ts';
import { type TableTools, tableReader } from './table.ts';

/** Gives how long a training runs on the GPUs it asks for, or the reason why that is not known. */
type RunTime = (application: string, gpus: number, samples: number) => Time | string;

const NUMBERS = ['time', 'num_replicas', 'batch_size'] as const;

/**
 * Reads the workloads of Sia and Pollux: a training job a record, with its application, GPUs and samples a step.
 *
 * The workloads do not say how long a job runs. It is the number of its steps, as measured in the training at that batch
 * size, times that of one step, as measured on so many GPUs; or the same for all.
 *
 * @see Subramanya et al., Sia: heterogeneity-aware, goodput-optimized ML-cluster scheduling, SOSP 2023
 * @see Qiao et al., Pollux: co-adaptive cluster scheduling for goodput-optimized deep learning, OSDI 2021
 */
export const sia = tableReader({
  name: 'sia',
  summary: 'Sia and Pollux workloads: training jobs with an application, GPUs and a batch size',
  resources: ['gpus'],
  as: 'gang',
  columns: ['name', 'time', 'application', 'num_replicas', 'batch_size'],
  optional: ['set', 'workload'],
  frameworkBy: { group: 'application', queue: 'set' },
  own: {
    placements: {
      kind: 'text',
      default: '',
      summary: 'the file of step times, columns application, variant, placement, local_bsz, step_time, sync_time',
    },
    variant: { kind: 'text', default: 'base', summary: 'the kind of GPUs that the step times are taken of' },
    validation: {
      kind: 'text',
      default: '',
      summary: 'the file of trainings, columns application, variant (the batch size), iteration',
    },
    steps: {
      kind: 'number',
      whole: true,
      min: 0,
      default: 0,
      summary: 'steps of every job; 0 for the last iteration of its training in `validation`',
    },
    'run-time': {
      kind: 'duration',
      optional: true,
      default: 'none',
      summary: 'how long every job runs, where nothing is measured',
    },
    set: { kind: 'text', default: 'all', summary: 'the set that is replayed, such as philly' },
    workload: { kind: 'text', default: 'all', summary: 'the workload of the set that is replayed, such as 1' },
  },
  async open(tools) {
    const { context, account, options, writer } = tools;
    const [gpus] = demandColumns(['gpus'], 'sia', context, account);
    const demand = new Float64Array(context.resources.length);
    demand[gpus!] = 1;
    const [set, workload] = ['set', 'workload'].map((option) => options.own.text(option));
    account.rules['set'] = set!;
    account.rules['workload'] = workload!;
    const runTime = await openRunTime(tools);
    return {
      take(row) {
        if (set !== 'all' && row.text('set') !== set) return 'another set';
        if (workload !== 'all' && row.text('workload') !== workload) return 'another workload';
        for (const column of NUMBERS) {
          if (Number.isNaN(row.number(column))) return `${row.isEmpty(column) ? 'missing' : 'not a number'}: ${column}`;
        }
        const width = row.number('num_replicas');
        const samples = row.number('batch_size');
        if (!(samples > 0)) return 'no samples';
        const run = runTime(row.text('application'), width, samples);
        if (typeof run === 'string') return run;
        const parts = [row.text('set'), row.text('workload'), row.text('name')];
        writer.add(
          {
            name: parts.filter((part) => part !== '').join('/') || account.read,
            framework: row.framework(),
            submit: fromSeconds(row.number('time')),
            estimate: Number.NaN,
            priority: 0,
            constraint: 0,
            line: row.line,
          },
          { run, width, demand },
        );
        return null;
      },
    };
  },
});

/** Reads what the run times follow from; throws a ScenarioError where that is not enough. */
async function openRunTime({ context, account, options: { own } }: TableTools): Promise<RunTime> {
  const constant = own.duration('run-time');
  const placements = own.text('placements');
  const validation = own.text('validation');
  const steps = own.number('steps');
  if (constant !== null) {
    if (placements !== '') throw new ScenarioError([twice('placements')]);
    if (validation !== '') throw new ScenarioError([twice('validation')]);
    if (steps !== 0) throw new ScenarioError([twice('steps')]);
    account.rules['run-time'] = `${constant / 1_000_000} s for all, assumed`;
    return () => constant;
  }
  if (placements === '' || (validation === '' && steps === 0)) {
    const message =
      'sia workloads do not say how long a job runs: give `placements` and `validation` (or `steps`), or a `run-time`';
    throw new ScenarioError([{ path: 'options', message }]);
  }
  const variant = own.text('variant');
  const times = new SiaPlacements();
  await times.read(context.openFile(placements), variant, context.frameworks);
  const trainings = new SiaSteps();
  if (steps === 0) await trainings.read(context.openFile(validation), context.frameworks);
  account.rules['run-time'] = 'steps x step time';
  account.rules['steps'] = steps === 0 ? `measured, ${validation}` : steps;
  account.rules['step-time'] = `measured, ${placements}, ${variant}, on the fewest nodes`;
  return (application, gpus, samples) => {
    const count = steps > 0 ? steps : trainings.steps(application, samples);
    if (count === null) return 'training not measured at that batch size';
    const step = times.stepTime(application, gpus, samples);
    return step === null ? 'application not measured on so many GPUs' : fromSeconds(count * step);
  };
}

function twice(option: string): Problem {
  return { path: `options.${option}`, message: 'means nothing where `run-time` says how long every job runs' };
}

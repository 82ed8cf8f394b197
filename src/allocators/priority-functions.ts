/** What a score may depend on; times in seconds. */
export interface Scored {
  /** Since the job was submitted. */
  readonly wait: number;
  /** The run time that the policy believes in; above zero. */
  readonly estimate: number;
  /** The job's cpus. */
  readonly width: number;
  /** On the clock of the run; 0.1 where it is zero or below. */
  readonly submit: number;
  readonly priority: number;
}

/** An order of the queue by one number a job: the smallest is next. */
export interface PriorityFunction {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** True if the score moves while a job waits, so that every pass needs it anew. */
  readonly timed: boolean;
  /** True if the score does not depend on the run time. */
  readonly blind?: boolean;
  score(job: Scored): number;
}

const TANG = 'Tang, Lan, Desai, Buettner, Fault-aware utility-based job scheduling on Blue Gene/P, CLUSTER 2009';
const CARASTAN =
  'Carastan-Santos and de Camargo, Obtaining dynamic scheduling policies with simulation and machine learning, SC 2017';
const CLASSIC = 'textbook; see Feitelson, Workload modeling for computer systems performance evaluation, 2015';

/** Every order that is a function of the job alone, or of the job and its wait. */
export const priorityFunctions: readonly PriorityFunction[] = [
  { name: 'sjf', summary: 'shortest estimate first', source: CLASSIC, timed: false, score: (j) => j.estimate },
  { name: 'ljf', summary: 'longest estimate first', source: CLASSIC, timed: false, score: (j) => -j.estimate },
  { name: 'smallest', summary: 'fewest cpus first', source: CLASSIC, timed: false, blind: true, score: (j) => j.width },
  { name: 'widest', summary: 'most cpus first', source: CLASSIC, timed: false, blind: true, score: (j) => -j.width },
  {
    name: 'lxf',
    summary: 'largest expansion factor (wait + estimate) / estimate first',
    source: 'Chiang, Arpaci-Dusseau, Vernon, The impact of more accurate requested runtimes, JSSPP 2002',
    timed: true,
    score: (j) => -(j.wait + j.estimate) / j.estimate,
  },
  {
    name: 'wfp3',
    summary: 'largest (wait / estimate)^3 x cpus first',
    source: TANG,
    timed: true,
    score: (j) => {
      const ratio = j.wait / j.estimate;
      return -ratio * ratio * ratio * j.width;
    },
  },
  {
    name: 'unicep',
    summary: 'largest wait / (log2(cpus) x estimate) first; jobs of one cpu before all others',
    source: TANG,
    timed: true,
    score: (j) => (j.width <= 1 ? Number.NEGATIVE_INFINITY : -j.wait / (Math.log2(j.width) * j.estimate)),
  },
  {
    name: 'f1',
    summary: 'least log10(estimate) x cpus + 870 log10(submit) first',
    source: CARASTAN,
    timed: false,
    score: (j) => Math.log10(j.estimate) * j.width + 870 * Math.log10(j.submit),
  },
  {
    name: 'f2',
    summary: 'least sqrt(estimate) x cpus + 25600 log10(submit) first',
    source: CARASTAN,
    timed: false,
    score: (j) => Math.sqrt(j.estimate) * j.width + 25_600 * Math.log10(j.submit),
  },
  {
    name: 'f3',
    summary: 'least estimate x cpus + 6860000 log10(submit) first',
    source: CARASTAN,
    timed: false,
    score: (j) => j.estimate * j.width + 6_860_000 * Math.log10(j.submit),
  },
  {
    name: 'f4',
    summary: 'least estimate x sqrt(cpus) + 530000 log10(submit) first',
    source: CARASTAN,
    timed: false,
    score: (j) => j.estimate * Math.sqrt(j.width) + 530_000 * Math.log10(j.submit),
  },
];

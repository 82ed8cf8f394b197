import type { Bench, Contest, Figure } from '../harness/contest.ts';
import { ours } from '../harness/figures.ts';
import { replay, syntheticLog } from '../harness/logs.ts';

/** What another simulator took for a log, start included; measured once, on a machine of the same kind. */
interface Peer {
  readonly name: string;
  /** CPU seconds, the scheduler in a process of its own included. */
  readonly cpu: { readonly fifo: number; readonly easy: number };
  readonly bounds: { readonly must: number; readonly aim: number };
}

const PYSS = { must: 10, aim: 20 };
const OTHERS = { must: 50, aim: 100 };
const KTH: readonly Peer[] = [
  { name: 'PySS', cpu: { fifo: 1.2, easy: 3.3 }, bounds: PYSS },
  { name: 'Batsim 4.2', cpu: { fifo: 14.1, easy: 16.6 }, bounds: OTHERS },
  { name: 'Alea 4', cpu: { fifo: 19.4, easy: 19.8 }, bounds: OTHERS },
  { name: 'AccaSim', cpu: { fifo: 46, easy: 26 }, bounds: OTHERS },
];
const LONG: readonly Peer[] = [
  { name: 'PySS', cpu: { fifo: 4.9, easy: 8.8 }, bounds: PYSS },
  { name: 'Batsim 4.2', cpu: { fifo: 48.3, easy: 56.4 }, bounds: OTHERS },
  { name: 'Alea 4', cpu: { fifo: 42.5, easy: 39.1 }, bounds: OTHERS },
  { name: 'AccaSim', cpu: { fifo: 81.5, easy: 79.7 }, bounds: OTHERS },
];
/** Jobs of the log that the long figures of peers are of; ours has as many. */
const LONG_JOBS = 92_120;
const KTH_JOBS = 28_481;

function contest(
  name: string,
  run: Contest['sides'][number]['run'],
  allocator: 'fifo' | 'easy',
  jobs: number,
  peers: readonly Peer[],
): Contest {
  return {
    name,
    sides: [ours(run)],
    figures: [
      {
        label: `${allocator}, whole process`,
        unit: 'jobs a CPU second',
        needs: ['ours'],
        better: 'more',
        of: ({ ours }) => ours!.parts!['jobs']! / ours!.cpu,
      },
      ...peers.map(
        ({ name, cpu, bounds }): Figure => ({
          label: `${allocator}, jobs a CPU second against ${name}`,
          note: `${Math.round(jobs / cpu[allocator]).toLocaleString('en-US')} elsewhere`,
          unit: 'times',
          needs: ['ours'],
          better: 'more',
          of: ({ ours }) => ours!.parts!['jobs']! / ours!.cpu / (jobs / cpu[allocator]),
          ...bounds,
        }),
      ),
    ],
  };
}

/** KTH-SP2 against simulators that people use today. */
export const peersKth: Bench = {
  name: 'peers-kth',
  contests(lab) {
    const file = lab.trace('swf/KTH-SP2-1996-2.swf');
    return (['fifo', 'easy'] as const).map((allocator) =>
      contest(
        'peers-kth',
        () => replay(lab, file, ['--processors', 100, '--allocator', allocator]),
        allocator,
        KTH_JOBS,
        KTH,
      ),
    );
  },
};

/** A log of 92,120 drawn jobs against what they took for another log of that length. */
export const peersLong: Bench = {
  name: 'peers-92120',
  contests(lab) {
    const file = syntheticLog(lab, { jobs: LONG_JOBS, processors: 128, load: 0.8 });
    return (['fifo', 'easy'] as const).map((allocator) =>
      contest(
        'peers-92120',
        () => replay(lab, file, ['--processors', 128, '--allocator', allocator]),
        allocator,
        LONG_JOBS,
        LONG,
      ),
    );
  },
};

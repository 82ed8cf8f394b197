import type { Bench, Contest, Figure, Lab } from '../harness/contest.ts';
import { ours, timesTheTwin } from '../harness/figures.ts';
import { replay, syntheticLog } from '../harness/logs.ts';

const POLICIES = [
  { allocator: 'fifo', twin: 'fcfs' },
  { allocator: 'easy', twin: 'easy' },
];
const BOUNDS = { must: 4, aim: 2.5 };
const WHOLE: Figure = {
  label: 'the whole process',
  unit: 'CPU s',
  needs: ['ours'],
  better: 'less',
  of: ({ ours }) => ours!.cpu,
  must: 2,
  aim: 0.8,
};

function contests(lab: Lab, name: string, file: string, processors: number): Contest[] {
  return POLICIES.map(({ allocator, twin }) => ({
    name,
    sides: [
      ours(() => replay(lab, file, ['--processors', processors, '--past-estimate', 'kill', '--allocator', allocator])),
      ...lab.twin('batch', [file, processors, twin, 'kill'], 'whole'),
    ],
    figures: [
      timesTheTwin(`replay, ${allocator}`, BOUNDS),
      ...(name === 'replay-ricc' && allocator === 'easy' ? [WHOLE] : []),
    ],
  }));
}

/** A real log, parse to summary; a wrong schedule yields no figure. */
export const replayRicc: Bench = {
  name: 'replay-ricc',
  contests: (lab) => contests(lab, 'replay-ricc', lab.trace('swf/RICC-2010-2.swf'), 8_192),
};

/** The same on drawn jobs. */
export const replaySynthetic: Bench = {
  name: 'replay-synthetic',
  contests(lab) {
    const log = { jobs: lab.quick ? 20_000 : 1_000_000, processors: 1_000, load: 0.8 };
    return contests(lab, 'replay-synthetic', syntheticLog(lab, log), log.processors);
  },
};

import { SECOND } from '../../base/time.ts';
import { FACEBOOK } from './facebook-bins.ts';
import type { DrawnGroup, GeneratorDefinition } from './generator.ts';
import { pick } from './pick.ts';
import { renewals } from './renewals.ts';

/** The rates by which the reader of these logs turns bytes into tasks and times; the logs hold no times. */
const START_SECONDS = 1;
const MIB_PER_SECOND = 50;
const BLOCK_MIB = 128;
const REDUCE_MIB = 256e6 / 1_048_576;
const TASK_MIB = 1_024;

/** Maps, and for some jobs reduces that wait for them, in the proportions of a Hadoop cluster of 2009 or 2010. */
export const facebookLike: GeneratorDefinition = {
  name: 'facebook-like',
  summary: 'map and reduce jobs in bins of size: the Facebook samples of SWIM',
  source: 'Chen et al., The case for evaluating MapReduce performance using workload suites, MASCOTS 2011; fitted here',
  keys: {
    ...{ framework: 'needed', rate: 'optional', hours: 'optional', days: 'optional', offset: 'optional' },
    ...{ year: 'optional', tasks: 'optional', demand: 'optional', duration: 'optional', as: 'optional' },
  },
  arrivals: (parameters, stream) => renewals(FACEBOOK[parameters.year].gaps)(parameters, stream),
  jobs({ year }, context) {
    const { bins, single } = FACEBOOK[year];
    const inputs = context.stream('inputs');
    const kinds = context.stream('kinds');
    const sizes = context.stream('sizes');
    const reduces = context.stream('reduces');
    const demand = { cpus: 1, mem: TASK_MIB };
    return () => {
      const bin = pick(bins, kinds());
      const reducing = kinds() < bin.reducing;
      const [maps, wanted] = [bin.maps.draw(sizes), bin.reduces.draw(reduces)];
      const input = single.draw(inputs);
      const tasks = Math.max(1, Math.round(maps));
      const groups: DrawnGroup[] = [{ tasks, run: runOf(tasks === 1 ? input : BLOCK_MIB), demand }];
      if (reducing) {
        groups.push({ tasks: Math.max(1, Math.round(wanted)), run: runOf(REDUCE_MIB), demand, parents: [0] });
      }
      return groups;
    };
  },
};

/** Microseconds of a task that goes through so many MiB. */
function runOf(mebibytes: number): number {
  return (START_SECONDS + mebibytes / MIB_PER_SECOND) * SECOND;
}

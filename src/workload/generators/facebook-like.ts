import { SECOND } from '../../base/time.ts';
import { FACEBOOK } from './facebook-bins.ts';
import type { DrawnGroup, GeneratorDefinition } from './generator.ts';
import { pick } from './pick.ts';
import { renewals } from './renewals.ts';

/** Bytes of a second, and what starting a task takes; the logs hold no times, so these are rules and not fits. */
const MIB_PER_SECOND = 20;
const START_SECONDS = 1;
const MAP_SECONDS = START_SECONDS + 128 / MIB_PER_SECOND;
const REDUCE_SECONDS = START_SECONDS + 1_024 / MIB_PER_SECOND;

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
    const { bins } = FACEBOOK[year];
    const kinds = context.stream('kinds');
    const sizes = context.stream('sizes');
    const reduces = context.stream('reduces');
    const demand = { cpus: 1 };
    return () => {
      const bin = pick(bins, kinds());
      const reducing = kinds() < bin.reducing;
      const [maps, wanted] = [bin.maps.draw(sizes), bin.reduces.draw(reduces)];
      const groups: DrawnGroup[] = [{ tasks: Math.max(1, Math.round(maps)), run: MAP_SECONDS * SECOND, demand }];
      if (reducing) {
        const tasks = Math.max(1, Math.round(wanted));
        groups.push({ tasks, run: REDUCE_SECONDS * SECOND, demand, parents: [0] });
      }
      return groups;
    };
  },
};

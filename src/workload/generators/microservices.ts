import { SECOND } from '../../base/time.ts';
import type { GeneratorDefinition } from './generator.ts';
import { quantileLaw } from './quantile-law.ts';
import { rateClock, unitGaps } from './rate-clock.ts';
import { FLAT_DAY, FLAT_WEEK, weeklyRate } from './weekly-rate.ts';

/*
 * Fitted by `tsx bench/fit-generators.ts <logs> services` to alibaba-gpu2025/disaggregated_DLRM_trace.csv.gz: 23,871
 * instances of 156 services, each of which has a part on nodes without GPUs and a part on nodes with them.
 */

/** What the two parts of a service are like: instances, and what each asks for; distances of at most 0.042. */
export const PARTS = [
  {
    replicas: quantileLaw([
      1, 1, 3, 5, 6, 8, 10, 12, 16, 18, 22, 27, 30, 36, 44, 65, 84, 122, 233, 310, 485, 557, 1758, 1891, 1891, 1891,
      1891,
    ]),
    cpus: quantileLaw([
      24, 48, 48, 48, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 96, 96, 96, 96, 96, 192, 192, 192, 192, 192, 192, 192,
    ]),
    mem: quantileLaw([
      120, 240, 240, 240, 320, 320, 320, 320, 320, 320, 320, 320, 350, 420, 480, 480, 480, 480, 480, 600, 960, 960, 960,
      960, 960, 960, 960,
    ]),
    gpus: 0,
  },
  {
    replicas: quantileLaw([
      1, 1, 2, 2, 4, 4, 5, 6, 8, 10, 12, 16, 21, 26, 34, 42, 59, 69, 95, 126, 208, 233, 381, 660, 660, 660, 660,
    ]),
    cpus: quantileLaw([2, 2, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 12, 16, 16, 16, 16, 16]),
    mem: quantileLaw([
      16, 16, 16, 16, 16, 32, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 64, 120, 200, 400, 400, 400, 400,
    ]),
    gpus: 1,
  },
];

/**
 * Seconds that instances lived which began and ended inside the trace, 12,374 of 16,591 that began; distance 0.030. Those
 * that outlived its 31 days are not in it, so that real ones live longer.
 */
export const LIVES = quantileLaw([
  1, 6, 120, 127, 158, 839, 1151, 2770, 4216, 5548, 6886, 8331, 10_760, 14_990, 23_670, 40_650, 67_850, 92_510, 149_900,
  288_000, 611_500, 869_800, 1_379_000, 1_630_000, 2_219_000, 2_299_000, 2_299_000,
]);

const MIB_PER_GIB = 1_024;

/** Services that run for long with several replicas each, on GPUs or without. */
export const microservices: GeneratorDefinition = {
  name: 'microservices',
  summary: 'services with replicas that run for hours or days, half of them on GPUs: the Alibaba GPU trace of 2025',
  source: 'Alibaba cluster-trace-gpu-v2025; fitted here',
  keys: {
    ...{ framework: 'needed', rate: 'needed', hours: 'optional', days: 'optional', offset: 'optional' },
    ...{ tasks: 'optional', demand: 'optional', duration: 'optional', as: 'optional' },
  },
  arrivals: ({ rate, hours, days, offset }, stream) =>
    rateClock(unitGaps(stream('arrivals')), weeklyRate(rate!, hours ?? FLAT_DAY, days ?? FLAT_WEEK, offset)),
  jobs(_, context) {
    const kinds = context.stream('kinds');
    const sizes = context.stream('sizes');
    const shapes = context.stream('shapes');
    const lives = context.stream('durations');
    const hasGpus = context.resources.some(({ name }) => name === 'gpus');
    return () => {
      const drawn = kinds() < 0.5 ? 0 : 1;
      const { replicas, cpus, mem, gpus } = PARTS[hasGpus ? drawn : 0]!;
      // One draw for both, as those with more cpus have more memory.
      const shape = shapes();
      const demand = {
        cpus: Math.round(cpus.quantile(shape)),
        mem: Math.round(mem.quantile(shape)) * MIB_PER_GIB,
        ...(gpus > 0 && { gpus }),
      };
      return [{ tasks: Math.max(1, Math.round(replicas.draw(sizes))), run: LIVES.draw(lives) * SECOND, demand }];
    };
  },
};

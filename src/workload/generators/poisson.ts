import type { GeneratorDefinition } from './generator.ts';

/** Jobs that arrive at one rate, independently of each other. */
export const poisson: GeneratorDefinition = {
  name: 'poisson',
  summary: 'independent arrivals at one rate',
  source: 'Ross, Introduction to Probability Models, 11th edition, 2014, section 5.3',
  keys: { framework: 'needed', rate: 'needed', tasks: 'optional', demand: 'needed', duration: 'needed' },
  arrivals({ rate }, stream) {
    const random = stream('arrivals');
    let clock = 0;
    return () => {
      clock -= Math.log(1 - random()) / rate!;
      return clock;
    };
  },
};

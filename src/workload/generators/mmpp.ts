import { exponentialQuantile } from '../../base/distributions/exponential.ts';
import type { Random } from '../../base/random.ts';
import type { ArrivalState, GeneratorDefinition } from './generator.ts';
import { type Piece, rateClock, unitGaps } from './rate-clock.ts';

/**
 * A Poisson stream whose rate depends on a state: stays are exponential, and after each comes one of the other states,
 * all equally likely. So the share of time in a state is its mean stay over the sum of all, in which proportion the first
 * state is drawn: the stream is stationary from time 0 on.
 */
export const mmpp: GeneratorDefinition = {
  name: 'mmpp',
  summary: 'Markov-modulated Poisson: bursts and lulls, by states with a rate and a mean stay each',
  source: 'Fischer and Meier-Hellstern, The Markov-modulated Poisson process cookbook, Performance Evaluation 18, 1993',
  keys: { framework: 'needed', states: 'needed', tasks: 'optional', demand: 'needed', duration: 'needed' },
  arrivals: ({ states }, stream) => rateClock(unitGaps(stream('arrivals')), modulation(states, stream('states'))),
};

/** Gives the jobs per microsecond in the long run. */
export function meanRate(states: readonly ArrivalState[]): number {
  let [jobs, time] = [0, 0];
  for (const { rate, stay } of states) {
    jobs += rate * stay;
    time += stay;
  }
  return jobs / time;
}

function modulation(states: readonly ArrivalState[], random: Random): () => Piece {
  let at = firstState(states, random());
  let isFirst = true;
  return () => {
    if (!isFirst && states.length > 1) {
      const other = Math.floor(random() * (states.length - 1));
      at = other < at ? other : other + 1;
    }
    isFirst = false;
    const { rate, stay } = states[at]!;
    return { rate, length: stay * exponentialQuantile(random()) };
  };
}

function firstState(states: readonly ArrivalState[], p: number): number {
  let left = p * states.reduce((sum, { stay }) => sum + stay, 0);
  for (const [i, { stay }] of states.entries()) {
    left -= stay;
    if (left < 0) return i;
  }
  return states.length - 1;
}

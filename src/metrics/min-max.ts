import { backloggedMean } from './backlogged-mean.ts';

/** The least share over the greatest of the users that wait. */
export const minMax = backloggedMean({
  name: 'fairness.min-max',
  better: 'higher',
  summary:
    'time average of the least over the greatest x = dominant share / weight of the users that have queued tasks',
  formula: 'min x / max x',
  source: 'own; x as in Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 4.3',
  integral: ({ minMax }) => minMax,
});

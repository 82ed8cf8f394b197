import { backloggedMean } from './backlogged-mean.ts';

/** Jain's index of the shares of the users that wait. */
export const jain = backloggedMean({
  name: 'fairness.jain',
  better: 'higher',
  summary: "time average of Jain's index over x = dominant share / weight of the users that have queued tasks",
  formula: '(sum x)^2 / (n * sum x^2)',
  source: 'Jain, Chiu and Hawe, A Quantitative Measure of Fairness and Discrimination, DEC-TR-301, 1984',
  integral: ({ jain }) => jain,
});

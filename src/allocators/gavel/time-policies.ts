/** The policies by the names that scenarios give them. */
export const timePolicies = [
  'max-min',
  'max-min-agnostic',
  'finish-time-fairness',
  'makespan',
  'throughput',
  'cost',
  'hierarchical',
  'isolated',
] as const;

export type TimePolicy = (typeof timePolicies)[number];

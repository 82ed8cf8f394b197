/** Jobs that belong to entities, which share by weight; inside an entity jobs share or stand in line. */
export interface Entities {
  /** One an entity. */
  readonly weights: readonly number[];
  /** The entity of each job. */
  readonly of: readonly number[];
  readonly inner: 'fairness' | 'fifo';
}

/**
 * Gives the rates at which jobs rise while some are stuck.
 *
 * An entity's weight is split over those of its jobs that can still rise, by their weights (`fairness`), or goes to the
 * first of them alone (`fifo`).
 *
 * @param members how many jobs each row stands for; of `fairness` alone.
 * @see Narayanan et al., OSDI 2020, section 4.3; `policies/max_min_fairness_water_filling.py`
 */
export function entityRates(
  { weights, of, inner }: Entities,
  jobWeights: readonly number[],
  members?: readonly number[],
) {
  return (stuck: readonly boolean[]): number[] => {
    const rates = jobWeights.map(() => 0);
    for (const [e, weight] of weights.entries()) {
      const rising = [...stuck.keys()].filter((j) => of[j] === e && !stuck[j]);
      if (inner === 'fifo') {
        if (rising.length > 0) rates[rising[0]!] = weight;
        continue;
      }
      const sum = rising.reduce((total, j) => total + jobWeights[j]! * (members?.[j] ?? 1), 0);
      for (const j of rising) rates[j] = (weight * jobWeights[j]!) / sum;
    }
    return rates;
  };
}

/** Gives the rates of jobs that all share with all: weight over workers taken at once. */
export function plainRates(weights: readonly number[], scales: readonly number[]) {
  return (stuck: readonly boolean[]): number[] =>
    weights.map((weight, j) => (stuck[j] ? 0 : weight / (scales[j]! || 1)));
}

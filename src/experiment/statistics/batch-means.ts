import { type MeanInterval, meanInterval, meanOf } from './mean-interval.ts';

/** Batches that one long run is cut into. */
const BATCHES = 20;
/** Neighbouring batches that are more alike than this are not independent enough. */
const MOST_ALIKE = 0.2;

/** The mean of a correlated series by the means of batches. */
export interface BatchMeans extends MeanInterval {
  /** Correlation of neighbouring batches. */
  readonly alike: number;
  /** False if the interval is too narrow: the series is too short, or neighbouring batches are too much alike. */
  readonly sound: boolean;
}

/**
 * Gives the mean of one run's series with an interval from 20 batches of equal length; what does not fill the batches
 * is left out at the beginning.
 *
 * @see Law, Simulation Modeling and Analysis, 5th ed., 2014, section 9.5.3
 */
export function batchMeans(series: readonly number[], confidence: number): BatchMeans {
  const length = Math.floor(series.length / BATCHES);
  const first = series.length - length * BATCHES;
  if (length === 0) return { ...meanInterval(series, confidence), alike: 0, sound: false };
  const means = Array.from({ length: BATCHES }, (_, i) =>
    meanOf(series.slice(first + i * length, first + (i + 1) * length)),
  );
  const alike = neighbourCorrelation(means);
  return { ...meanInterval(means, confidence), alike, sound: alike < MOST_ALIKE };
}

/** The correlation of each value with the next. */
function neighbourCorrelation(values: readonly number[]): number {
  const mean = meanOf(values);
  let squares = 0;
  let products = 0;
  for (const [i, value] of values.entries()) {
    squares += (value - mean) * (value - mean);
    if (i > 0) products += (value - mean) * (values[i - 1]! - mean);
  }
  return squares === 0 ? 0 : products / squares;
}

import { type RunData, resourcesOf, seriesNames } from './run-data.ts';

/** A series of values, one a row of a timeline. */
export interface NamedSeries {
  readonly name: string;
  readonly values: Float64Array;
}

/** Gives the utilization of each resource; NaN while no node is there. */
export function utilizationSeries(run: RunData): NamedSeries[] {
  return resourcesOf(run).map((name) => {
    const used = run.timeline.numbers(`${name}_used`);
    const capacity = run.timeline.numbers(`${name}_capacity`);
    return { name, values: used.map((amount, row) => (capacity[row]! > 0 ? amount / capacity[row]! : Number.NaN)) };
  });
}

/** Gives the dominant share of each role that the timeline follows. */
export function shareSeries({ timeline }: RunData): NamedSeries[] {
  return seriesNames(timeline, 'share_', '')
    .filter((name) => timeline.has(`share_${name}`))
    .map((name) => ({ name, values: timeline.numbers(`share_${name}`) }));
}

/** Gives how many jobs wait. */
export function queueSeries({ timeline }: RunData): Float64Array {
  return timeline.numbers('queue_jobs');
}

/**
 * Gives names that stand in any list, each once: those that stand in more than `limit` are cut to the ones with the
 * greatest sum, in the order in which they first stand.
 */
export function leadingNames(lists: readonly (readonly NamedSeries[])[], limit: number): string[] {
  const sums = new Map<string, number>();
  for (const { name, values } of lists.flat()) {
    const sum = values.reduce((all, value) => all + (Number.isNaN(value) ? 0 : value), 0) / Math.max(1, values.length);
    sums.set(name, (sums.get(name) ?? 0) + sum);
  }
  const leading = new Set(
    [...sums]
      .sort(([, a], [, b]) => b - a)
      .slice(0, limit)
      .map(([name]) => name),
  );
  return [...sums.keys()].filter((name) => leading.has(name));
}

import { leadingNames, utilizationSeries } from '../run-series.ts';
import type { Figure } from './figure.ts';
import { stepLines } from './step-lines.ts';

/** Part of the capacity in use, by resource. */
export const utilization: Figure = {
  name: 'utilization',
  title: 'Utilization',
  caption: 'Part of the capacity of the nodes that are not down which running tasks hold, by resource.',
  draw: (runs, ink) => {
    const lists = runs.map(utilizationSeries);
    const names = leadingNames(lists, ink.series.length);
    const series = runs.flatMap((run, i) => lists[i]!.map((own) => ({ run, ...own })));
    return stepLines(
      {
        series: series.filter(({ name }) => names.includes(name)),
        names,
        panels: true,
        y: { label: 'utilization (%)', domain: [0, 100], transform: (part: number) => 100 * part },
      },
      ink,
    );
  },
};

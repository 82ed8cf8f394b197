import { leadingNames, shareSeries } from '../run-series.ts';
import type { Figure } from './figure.ts';
import { stepLines } from './step-lines.ts';

/**
 * Dominant shares of roles.
 *
 * @see Ghodsi et al., Dominant Resource Fairness (2011), figure 8
 */
export const shares: Figure = {
  name: 'shares',
  title: 'Dominant shares',
  caption:
    'The largest part of the capacity of any resource that the running tasks of a role hold, with those of all roles below it; of at most eight roles, those with the greatest shares.',
  draw: (runs, ink) => {
    const lists = runs.map(shareSeries);
    const names = leadingNames(lists, ink.series.length);
    const series = runs.flatMap((run, i) => lists[i]!.map((own) => ({ run, ...own })));
    return stepLines(
      {
        series: series.filter(({ name }) => names.includes(name)),
        names,
        panels: true,
        y: { label: 'dominant share (%)', transform: (part: number) => 100 * part },
      },
      ink,
    );
  },
};

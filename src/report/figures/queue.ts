import { queueSeries } from '../run-series.ts';
import type { Figure } from './figure.ts';
import { stepLines } from './step-lines.ts';

/** Jobs that wait. */
export const queue: Figure = {
  name: 'queue',
  title: 'Queue length',
  caption: 'Jobs that have been submitted and of which no task has started yet.',
  draw: (runs, ink) =>
    stepLines(
      {
        series: runs.map((run) => ({ run, name: run.label, values: queueSeries(run) })),
        names: runs.map(({ label }) => label),
        panels: false,
        y: { label: 'waiting jobs' },
      },
      ink,
    ),
};

import * as Plot from '@observablehq/plot';
import { type Ecdf, ecdf } from '../ecdf.ts';
import { DASHES, slotOf } from '../palette.ts';
import type { RunData } from '../run-data.ts';
import { timeUnitFor } from '../time-unit.ts';
import type { Drawing, Figure, Ink } from './figure.ts';

/** Gives the distribution of a column of jobs.csv over the jobs of a run for which it is defined. */
export function distributionOf(run: RunData, column: string): Ecdf {
  return ecdf(run.jobs.numbers(column));
}

/** How long jobs waited for their first start. */
export const waitEcdf: Figure = {
  name: 'wait-ecdf',
  title: 'Distribution of waits',
  caption:
    'Part of the jobs that have waited at most so long for their first start; jobs that never started are left out. Where waits differ by more than a thousand times, times grow by factors, and no wait is at the left edge.',
  draw: (runs, ink) => drawDistribution(runs, 'wait_s', ink),
};

/** How much longer jobs took than their work. */
export const slowdownEcdf: Figure = {
  name: 'slowdown-ecdf',
  title: 'Distribution of bounded slowdowns',
  caption:
    'Part of the jobs that have taken at most so many times their run time from submit to end, where run times below ten seconds count as ten; jobs that have not ended are left out. The axis grows by factors.',
  draw: (runs, ink) => drawDistribution(runs, 'bounded_slowdown', ink),
};

function drawDistribution(runs: readonly RunData[], column: string, ink: Ink): Drawing {
  const all = runs.map((run) => distributionOf(run, column));
  const greatest = Math.max(0, ...all.map(({ values }) => values.at(-1) ?? 0));
  const axis = column === 'wait_s' ? waitAxis(all, greatest) : slowdownAxis(greatest);
  const names = runs.map(({ label }) => label);
  const colour = (run: number): string => ink.series[slotOf(run)]!;
  return {
    options: {
      width: 640,
      height: 260,
      x: axis.x,
      y: { label: 'jobs (%)', domain: [0, 100], grid: true },
      marks: [
        Plot.ruleY([0], { stroke: ink.text, strokeWidth: 0.7 }),
        ...all.map((own, run) =>
          Plot.line(pointsOf(own, axis), {
            x: 'x',
            y: 'y',
            stroke: colour(run),
            strokeWidth: 1.75,
            strokeDasharray: DASHES[slotOf(run)]!.join(' '),
            curve: 'step-after',
          }),
        ),
      ],
    },
    key: names.map((name, run) => ({ name, colour: colour(run), dash: DASHES[slotOf(run)]! })),
  };
}

/** An axis of values: its scale, what one unit of it is, and where its ends are, in its units. */
interface ValueAxis {
  readonly x: Plot.ScaleOptions;
  readonly unit: number;
  readonly from: number;
  readonly to: number;
}

function waitAxis(all: readonly Ecdf[], greatest: number): ValueAxis {
  const unit = timeUnitFor(greatest);
  const positive = all.flatMap(({ values }) => [...values].filter((value) => value > 0));
  const least = Math.min(...positive);
  const to = greatest > 0 ? greatest / unit.seconds : 1;
  if (positive.length === 0 || greatest / least < 1_000) {
    return { x: { label: `wait (${unit.name})`, domain: [0, to] }, unit: unit.seconds, from: 0, to };
  }
  const from = Math.max(least, greatest / 1e6);
  return { x: { label: 'wait (s)', ...factors(from, greatest) }, unit: 1, from, to: greatest };
}

function slowdownAxis(greatest: number): ValueAxis {
  const to = Math.max(1.1, greatest);
  return { x: { label: 'bounded slowdown', ...factors(1, to) }, unit: 1, from: 1, to };
}

/** Gives an axis that grows by factors, with a tick at each power of ten, and at 2 and 5 times where there is room. */
function factors(from: number, to: number): Plot.ScaleOptions {
  const steps = to / from > 2_000 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
    ticks.push(...steps.map((step) => Number(`${step}e${power}`)).filter((tick) => tick >= from && tick <= to));
  }
  return { type: 'log', domain: [from, to], ticks, tickFormat: String };
}

/** The steps, from the left edge of the picture to its right edge. */
function pointsOf({ values, parts }: Ecdf, { unit, from, to }: ValueAxis): { x: number; y: number }[] {
  if (values.length === 0) return [];
  const points = [{ x: from, y: 0 }];
  for (const [i, value] of values.entries()) points.push({ x: Math.max(from, value / unit), y: 100 * parts[i]! });
  points.push({ x: to, y: points.at(-1)!.y });
  return points;
}

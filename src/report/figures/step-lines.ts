import * as Plot from '@observablehq/plot';
import { decimate } from '../decimate.ts';
import { DASHES, slotOf } from '../palette.ts';
import type { RunData } from '../run-data.ts';
import { timeUnitFor } from '../time-unit.ts';
import type { Drawing, Ink } from './figure.ts';

/** A series of one run: its values at the rows of the timeline. */
export interface Series {
  readonly run: RunData;
  readonly name: string;
  readonly values: Float64Array;
}

/** How series stand beside each other. */
export interface StepLines {
  readonly series: readonly Series[];
  /** The names that have a colour each, in order. */
  readonly names: readonly string[];
  /** True for a panel a run; else all lines are in one. */
  readonly panels: boolean;
  readonly y: Plot.ScaleOptions;
}

/** Points of a line at most: several for each pixel of its width. */
const POINTS = 1_000;

/** Draws series that hold their value until the next row as steps over time. */
export function stepLines({ series, names, panels, y }: StepLines, ink: Ink): Drawing {
  const runs = [...new Set(series.map(({ run }) => run))];
  const unit = timeUnitFor(Math.max(0, ...runs.map(({ result }) => result.time.end_s - result.time.start_s)));
  const isFaceted = panels && runs.length > 1;
  const colour = (name: string): string => ink.series[slotOf(names.indexOf(name))]!;
  const marks = series.map(({ run, name, values }) => {
    const times = run.timeline.numbers('time_s');
    const rows = decimate(times, [values], POINTS);
    const points = Array.from(rows, (row) => ({
      x: times[row]! / unit.seconds,
      y: Number.isNaN(values[row]!) ? null : values[row]!,
      run: run.label,
    }));
    return Plot.line(points, {
      x: 'x',
      y: 'y',
      ...(isFaceted && { fx: 'run' }),
      stroke: colour(name),
      strokeWidth: 1.5,
      strokeDasharray: DASHES[slotOf(names.indexOf(name))]!.join(' '),
      curve: 'step-after',
    });
  });
  return {
    options: {
      width: isFaceted ? Math.max(640, 300 * runs.length) : 640,
      height: 260,
      x: { label: `time (${unit.name})`, nice: false },
      y: { grid: true, zero: true, ...y },
      ...(isFaceted && { fx: { label: null, domain: runs.map(({ label }) => label), padding: 0.06 } }),
      marks: [Plot.ruleY([0], { stroke: ink.text, strokeWidth: 0.7 }), ...marks],
    },
    key: names.map((name) => ({ name, colour: colour(name), dash: DASHES[slotOf(names.indexOf(name))]! })),
  };
}

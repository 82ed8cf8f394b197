import uPlot from 'uplot';
import type { PackedArray } from '../pack.ts';
import { DASHES } from '../palette.ts';
import { inkNow, onInkChange } from './ink.ts';
import type { ChartData } from './page-data.ts';

const HEIGHT = 250;

/** Draws a chart into its element, and again when the theme or the width changes. */
export function drawChart(chart: ChartData, arrays: Record<string, PackedArray>): void {
  const place = document.getElementById(chart.id)!;
  const times = arrays[chart.lines.length > 0 ? timeOf(chart) : ''];
  if (times === undefined || times.length === 0) {
    place.textContent = 'Nothing to show.';
    return;
  }
  const x = Array.from(times, (time) => time / chart.unit.seconds);
  const lines = chart.lines.map(({ array }) =>
    Array.from(arrays[array]!, (value) => (Number.isNaN(value) ? null : value)),
  );
  let drawn: uPlot | undefined;
  const draw = (): void => {
    drawn?.destroy();
    drawn = new uPlot(optionsFor(chart, place.clientWidth), [x, ...lines], place);
  };
  draw();
  onInkChange(draw);
  new ResizeObserver(() => {
    if (drawn !== undefined && place.clientWidth > 0) drawn.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
}

/** All arrays of a topic share its times: those of `queue-0` are `queue-time`. */
function timeOf({ lines }: ChartData): string {
  return lines[0]!.array.replace(/-\d+$/, '-time');
}

function optionsFor(chart: ChartData, width: number): uPlot.Options {
  const ink = inkNow();
  const { unit, isPart, top } = chart;
  const shown = (value: number | null): string => {
    if (value === null || value === undefined) return '–';
    return isPart ? `${(100 * value).toFixed(1)} %` : String(Number(value.toPrecision(5)));
  };
  const axis = { stroke: ink.text, grid: { stroke: ink.line, width: 1 }, ticks: { stroke: ink.line, width: 1 } };
  return {
    width: Math.max(200, width),
    height: HEIGHT,
    scales: {
      x: { time: false, range: (_plot, from, to) => (from === to ? [from, from + 1] : [from, to]) },
      y: { range: [0, top] },
    },
    cursor: { sync: { key: 'time' } },
    axes: [
      { ...axis, label: `time (${unit.name})`, labelSize: 22, labelFont: FONT, font: FONT, size: 34 },
      {
        ...axis,
        font: FONT,
        size: 56,
        values: (_plot, splits) =>
          splits.map((value) => (isPart ? `${Math.round(100 * value)} %` : String(Number(value.toPrecision(6))))),
      },
    ],
    series: [
      {
        label: `time (${unit.name})`,
        value: (_plot, value) => (value === null ? '–' : String(Number(value.toPrecision(6)))),
      },
      ...chart.lines.map(({ name, slot }) => ({
        label: name,
        stroke: ink.series[slot]!,
        width: 1.5,
        dash: [...DASHES[slot]!],
        paths: uPlot.paths.stepped!({ align: 1 }),
        points: { show: false },
        value: (_plot: uPlot, value: number | null) => shown(value),
      })),
    ],
  };
}

const FONT = '12px system-ui, Helvetica, Arial, sans-serif';

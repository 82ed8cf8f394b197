import type { View } from '../occupancy.ts';
import type { TimeUnit } from '../time-unit.ts';
import type { Frame } from './gantt-picture.ts';
import type { PageInk } from './ink.ts';

/** Least height of a band that has its name beside it. */
const BAND = 13;
const FONT = '12px system-ui, Helvetica, Arial, sans-serif';

/** Draws times below a picture and nodes beside it. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  frame: Frame,
  view: View,
  nodes: readonly string[],
  unit: TimeUnit,
  ink: PageInk,
): void {
  context.font = FONT;
  context.fillStyle = ink.text;
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  context.strokeRect(frame.left, frame.top, frame.width, frame.height);
  drawTimes(context, frame, view, unit);
  drawNodes(context, frame, view, nodes);
}

function drawTimes(context: CanvasRenderingContext2D, frame: Frame, view: View, unit: TimeUnit): void {
  const span = (view.right - view.left) / unit.seconds;
  const step = roundStep(span / Math.max(2, frame.width / 90));
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const bottom = frame.top + frame.height;
  for (let k = Math.ceil(view.left / unit.seconds / step); k * step <= view.right / unit.seconds + step * 1e-9; k++) {
    const x = frame.left + ((k * step * unit.seconds - view.left) / (view.right - view.left)) * frame.width;
    context.fillRect(x, bottom, 1, 4);
    context.fillText(String(Number((k * step).toPrecision(10))), x, bottom + 6);
  }
  context.textAlign = 'right';
  context.fillText(`time (${unit.name})`, frame.left + frame.width, bottom + 21);
}

function drawNodes(context: CanvasRenderingContext2D, frame: Frame, view: View, nodes: readonly string[]): void {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const band = frame.height / (view.bottom - view.top);
  const every = Math.max(1, Math.ceil(BAND / band));
  for (let node = Math.floor(view.top); node < view.bottom; node++) {
    if (node % every !== 0) continue;
    // A band that is seen in part has its name in the middle of that part.
    const from = Math.max(node, view.top);
    const to = Math.min(node + 1, view.bottom);
    if (every === 1 && (to - from) * band < BAND * 0.8) continue;
    const y = frame.top + ((from + to) / 2 - view.top) * band;
    context.fillText(clipped(nodes[node]!), frame.left - 6, y);
    if (every === 1 && node > view.top) context.fillRect(frame.left - 4, frame.top + (node - view.top) * band, 4, 1);
  }
}

/** Letters of a name that there is room for. */
const LETTERS = 14;

function clipped(name: string): string {
  return name.length <= LETTERS ? name : `…${name.slice(1 - LETTERS)}`;
}

/** Gives 1, 2 or 5 times a power of ten, at least as large. */
export function roundStep(least: number): number {
  const power = Number(`1e${Math.floor(Math.log10(least))}`);
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

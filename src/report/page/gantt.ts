import { GanttIndex } from '../gantt-index.ts';
import type { Rectangles } from '../occupancy.ts';
import type { PackedArray } from '../pack.ts';
import { drawAxes } from './gantt-axes.ts';
import { drawPicture, type Frame } from './gantt-picture.ts';
import { GanttView } from './gantt-view.ts';
import { inkNow, onInkChange } from './ink.ts';
import type { GanttData } from './page-data.ts';

const MARGIN = { left: 104, right: 12, top: 8, bottom: 40 } as const;
const CLOSER = 0.6;

/** Draws a Gantt chart that can be moved and zoomed by mouse, keys and buttons. */
export function drawGantt(data: GanttData, arrays: Record<string, PackedArray>): void {
  const figure = document.getElementById(data.id)!;
  const canvas = figure.querySelector('canvas')!;
  const boxes = arrays as unknown as Rectangles;
  const view = new GanttView({ left: data.left, right: data.right, top: 0, bottom: data.nodes.length });
  const colours = 1 + boxes.colour.reduce((most, colour) => Math.max(most, colour), 0);
  const draw = (): void => {
    const ratio = devicePixelRatio;
    const { clientWidth, clientHeight } = canvas;
    canvas.width = Math.round(clientWidth * ratio);
    canvas.height = Math.round(clientHeight * ratio);
    const context = canvas.getContext('2d')!;
    context.scale(ratio, ratio);
    const ink = inkNow();
    const frame = frameOf(canvas);
    context.fillStyle = ink.plot;
    context.fillRect(0, 0, clientWidth, clientHeight);
    drawPicture(context, frame, boxes, view.now, ink, colours);
    drawAxes(context, frame, view.now, data.nodes, data.unit, ink);
  };
  const act = (action: string | undefined): boolean => {
    if (action === undefined || !(action in ACTIONS)) return false;
    ACTIONS[action]!(view);
    draw();
    return true;
  };
  for (const button of figure.querySelectorAll<HTMLElement>('button[data-action]')) {
    button.addEventListener('click', () => act(button.dataset['action']));
  }
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(KEYS[event.key])) event.preventDefault();
  });
  followMouse(canvas, view, draw);
  tellPointed(figure, canvas, view, data, arrays);
  draw();
  onInkChange(draw);
  new ResizeObserver(draw).observe(canvas);
}

const ACTIONS: Readonly<Record<string, (view: GanttView) => void>> = {
  'zoom in': (view) => view.zoomTime(CLOSER),
  'zoom out': (view) => view.zoomTime(1 / CLOSER),
  earlier: (view) => view.move(-0.25, 0),
  later: (view) => view.move(0.25, 0),
  up: (view) => view.move(0, -0.25),
  down: (view) => view.move(0, 0.25),
  taller: (view) => view.zoomHeight(CLOSER),
  lower: (view) => view.zoomHeight(1 / CLOSER),
  'show all': (view) => view.reset(),
};

/** What keys do. */
const KEYS: Readonly<Record<string, string>> = {
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  ArrowUp: 'up',
  ArrowDown: 'down',
  '+': 'zoom in',
  '=': 'zoom in',
  '-': 'zoom out',
  t: 'taller',
  l: 'lower',
  '0': 'show all',
  Home: 'show all',
};

function frameOf(canvas: HTMLCanvasElement): Frame {
  return {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(10, canvas.clientWidth - MARGIN.left - MARGIN.right),
    height: Math.max(10, canvas.clientHeight - MARGIN.top - MARGIN.bottom),
  };
}

/** Gives where in the picture the mouse is, as parts of its width and height. */
function placeOf(canvas: HTMLCanvasElement, event: MouseEvent): { x: number; y: number } {
  const frame = frameOf(canvas);
  return { x: (event.offsetX - frame.left) / frame.width, y: (event.offsetY - frame.top) / frame.height };
}

/** Lets the picture be dragged, and zoomed by the wheel when it has the focus, so that the page still scrolls. */
function followMouse(canvas: HTMLCanvasElement, view: GanttView, draw: () => void): void {
  let last: { x: number; y: number } | undefined;
  canvas.addEventListener('pointerdown', (event) => {
    last = placeOf(canvas, event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (last === undefined) return;
    const here = placeOf(canvas, event);
    view.move(last.x - here.x, last.y - here.y);
    last = here;
    draw();
  });
  const drop = (): void => {
    last = undefined;
  };
  canvas.addEventListener('pointerup', drop);
  canvas.addEventListener('pointercancel', drop);
  canvas.addEventListener('dblclick', () => {
    view.reset();
    draw();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (document.activeElement !== canvas) return;
      event.preventDefault();
      const { x, y } = placeOf(canvas, event);
      const factor = event.deltaY > 0 ? 1.25 : 0.8;
      if (event.shiftKey) view.zoomHeight(factor, y);
      else view.zoomTime(factor, x);
      draw();
    },
    { passive: false },
  );
}

/** Says below the picture which task the mouse points at. */
function tellPointed(
  figure: HTMLElement,
  canvas: HTMLCanvasElement,
  view: GanttView,
  data: GanttData,
  arrays: Record<string, PackedArray>,
): void {
  const boxes = arrays as unknown as Rectangles;
  const index = new GanttIndex(boxes);
  const names = JSON.parse(new TextDecoder().decode(arrays['names'] as Uint8Array<ArrayBuffer>)) as string[];
  const words = figure.querySelector('.pointed')!;
  canvas.addEventListener('pointermove', (event) => {
    const { x, y } = placeOf(canvas, event);
    const { left, right, top, bottom } = view.now;
    const isWithin = x >= 0 && x < 1 && y >= 0 && y < 1;
    const at = isWithin ? index.find(left + x * (right - left), top + y * (bottom - top)) : -1;
    words.textContent = at < 0 ? '' : describe(at, boxes, data, names[arrays['job']![at]!]!, arrays['position']![at]!);
  });
  canvas.addEventListener('pointerleave', () => {
    words.textContent = '';
  });
}

function describe(at: number, boxes: Rectangles, data: GanttData, job: string, task: number): string {
  const { node, start, end, from, to, colour } = boxes;
  const framework = data.frameworks[colour[at]!] ?? 'another framework';
  const amount = (to[at]! - from[at]!) * data.perLane;
  const holds = data.resource === null ? '' : `, ${Number(amount.toPrecision(6))} ${data.resource}`;
  return `job ${job}, task ${task} of ${framework} on ${data.nodes[node[at]!]}${holds}: ${seconds(start[at]!)} to ${seconds(end[at]!)}`;
}

function seconds(time: number): string {
  return `${Number(time.toFixed(6))} s`;
}

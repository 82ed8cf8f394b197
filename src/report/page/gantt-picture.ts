import { mix, occupancy, type Rectangles, type Rgb, rgbOf, type View } from '../occupancy.ts';
import type { PageInk } from './ink.ts';

/** Rectangles that are drawn one by one; of more, points have the mixed colour of what covers them. */
const RECTANGLES = 6_000;

/** Where in a canvas the picture stands, in its points. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws what a view shows of rectangles. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  frame: Frame,
  boxes: Rectangles,
  view: View,
  ink: PageInk,
  colours: number,
): void {
  if (visible(boxes, view, RECTANGLES) > RECTANGLES) drawGrid(context, frame, boxes, view, ink, colours);
  else drawRectangles(context, frame, boxes, view, ink);
}

/** Counts rectangles within the view, up to one more than asked. */
function visible({ start, end, node }: Rectangles, view: View, limit: number): number {
  let count = 0;
  for (let i = 0; i < start.length && count <= limit; i++) {
    if (end[i]! > view.left && start[i]! < view.right && node[i]! < view.bottom && node[i]! + 1 > view.top) count++;
  }
  return count;
}

function drawGrid(
  context: CanvasRenderingContext2D,
  frame: Frame,
  boxes: Rectangles,
  view: View,
  ink: PageInk,
  colours: number,
): void {
  const columns = Math.max(1, Math.floor(frame.width));
  const rows = Math.max(1, Math.floor(frame.height));
  const grid = occupancy(boxes, view, columns, rows, colours);
  const image = new ImageData(columns, rows);
  const palette: Rgb[] = ink.series.slice(0, colours).map(rgbOf);
  mix(grid, columns * rows, palette, rgbOf(ink.plot), image.data);
  const sheet = document.createElement('canvas');
  sheet.width = columns;
  sheet.height = rows;
  sheet.getContext('2d')!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, frame.left, frame.top, frame.width, frame.height);
}

function drawRectangles(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Frame,
  { start, end, node, from, to, colour, lanes }: Rectangles,
  view: View,
  ink: PageInk,
): void {
  const perTime = width / (view.right - view.left);
  const perHeight = height / (view.bottom - view.top);
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = ink.plot;
  context.lineWidth = 0.75;
  for (let i = 0; i < start.length; i++) {
    if (end[i]! <= view.left || start[i]! >= view.right) continue;
    const high = lanes[node[i]!]!;
    const y0 = top + (node[i]! + from[i]! / high - view.top) * perHeight;
    const y1 = top + (node[i]! + to[i]! / high - view.top) * perHeight;
    if (y1 < top || y0 > top + height) continue;
    const x0 = left + (Math.max(start[i]!, view.left) - view.left) * perTime;
    const x1 = left + (Math.min(end[i]!, view.right) - view.left) * perTime;
    context.fillStyle = ink.series[colour[i]!]!;
    context.fillRect(x0, y0, Math.max(0.5, x1 - x0), Math.max(0.5, y1 - y0));
    if (x1 - x0 > 4 && y1 - y0 > 4) context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  }
  context.restore();
}

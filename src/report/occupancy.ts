/** Rectangles in time and height. */
export interface Rectangles {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly node: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Position of the colour. */
  readonly colour: Uint8Array;
  /** Lanes by node. */
  readonly lanes: Int32Array;
}

/** A part of a picture: times and heights. */
export interface View {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Gives which part of each cell of a grid rectangles of a colour cover: cell (row, column) of colour k stands at
 * `(k * rows + row) * columns + column`.
 */
export function occupancy(
  boxes: Rectangles,
  view: View,
  columns: number,
  rows: number,
  colours: number,
): Float32Array<ArrayBuffer> {
  const grid = new Float32Array(colours * rows * columns);
  // What begins to cover whole columns, and ceases to, in a row; summed up at the end.
  const steps = new Float32Array(colours * rows * (columns + 1));
  const perTime = columns / (view.right - view.left);
  const perHeight = rows / (view.bottom - view.top);
  const { start, end, node, from, to, colour, lanes } = boxes;
  for (let i = 0; i < start.length; i++) {
    const a = Math.max(0, (start[i]! - view.left) * perTime);
    const b = Math.min(columns, (end[i]! - view.left) * perTime);
    if (!(b > a)) continue;
    const high = lanes[node[i]!]!;
    const y0 = Math.max(0, (node[i]! + from[i]! / high - view.top) * perHeight);
    const y1 = Math.min(rows, (node[i]! + to[i]! / high - view.top) * perHeight);
    if (!(y1 > y0)) continue;
    const c0 = Math.floor(a);
    const c1 = Math.min(columns - 1, Math.floor(b));
    for (let row = Math.floor(y0); row < y1; row++) {
      const part = Math.min(row + 1, y1) - Math.max(row, y0);
      const line = colour[i]! * rows + row;
      const at = line * columns;
      if (c0 === c1) {
        grid[at + c0] = grid[at + c0]! + part * (b - a);
        continue;
      }
      grid[at + c0] = grid[at + c0]! + part * (c0 + 1 - a);
      grid[at + c1] = grid[at + c1]! + part * (b - c1);
      const step = line * (columns + 1);
      steps[step + c0 + 1] = steps[step + c0 + 1]! + part;
      steps[step + c1] = steps[step + c1]! - part;
    }
  }
  for (let line = 0; line < colours * rows; line++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += steps[line * (columns + 1) + column]!;
      grid[line * columns + column] = grid[line * columns + column]! + sum;
    }
  }
  return grid;
}

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads a colour of six hexadecimal digits behind `#`. */
export function rgbOf(hex: string): Rgb {
  const digits = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16);
  return [digits(1), digits(3), digits(5)];
}

/**
 * Mixes the colours that cover each cell, with the ground showing where nothing does; writes red, green, blue and
 * opacity of one cell after the other.
 */
export function mix(
  grid: Float32Array,
  cells: number,
  colours: readonly Rgb[],
  ground: Rgb,
  into: Uint8ClampedArray,
): void {
  for (let cell = 0; cell < cells; cell++) {
    let [red, green, blue] = ground;
    for (let k = 0; k < colours.length; k++) {
      const part = grid[k * cells + cell]!;
      if (part === 0) continue;
      red += part * (colours[k]![0] - ground[0]);
      green += part * (colours[k]![1] - ground[1]);
      blue += part * (colours[k]![2] - ground[2]);
    }
    into[4 * cell] = red;
    into[4 * cell + 1] = green;
    into[4 * cell + 2] = blue;
    into[4 * cell + 3] = 255;
  }
}

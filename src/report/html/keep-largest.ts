import type { GanttRectangles } from '../gantt-rectangles.ts';

/** Columns of a chart that have a row a rectangle. */
type Boxes = Pick<GanttRectangles, 'task' | 'node' | 'from' | 'to' | 'start' | 'end' | 'colour'>;

/** Keeps the largest rectangles, at most so many, in their order; `part` is which part of all area they have. */
export function keepLargest(boxes: Boxes, limit: number): { kept: Boxes; part: number } {
  const count = boxes.start.length;
  if (count <= limit) return { kept: boxes, part: 1 };
  const area = Float64Array.from(boxes.start, (start, i) => (boxes.end[i]! - start) * (boxes.to[i]! - boxes.from[i]!));
  const order = Int32Array.from(area, (_, i) => i).sort((a, b) => area[b]! - area[a]! || a - b);
  const rows = order.slice(0, limit).sort();
  const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);
  const total = area.reduce((all, value) => all + value, 0);
  const of = (column: Int32Array): Int32Array => Int32Array.from(rows, (row) => column[row]!);
  return {
    kept: {
      ...{ task: of(boxes.task), node: of(boxes.node), from: of(boxes.from), to: of(boxes.to) },
      start: Float64Array.from(rows, (row) => boxes.start[row]!),
      end: Float64Array.from(rows, (row) => boxes.end[row]!),
      colour: Uint8Array.from(rows, (row) => boxes.colour[row]!),
    },
    part: total > 0 ? sum(Float64Array.from(rows, (row) => area[row]!)) / total : 1,
  };
}

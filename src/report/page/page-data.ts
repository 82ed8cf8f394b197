import type { PackEntry } from '../pack.ts';
import type { TimeUnit } from '../time-unit.ts';

/** A line of a chart: an array of its pack, and the position of its colour. */
export interface ChartLine {
  readonly name: string;
  readonly array: string;
  readonly slot: number;
}

/** A chart of steps over time. */
export interface ChartData {
  /** Of the element that it is drawn into. */
  readonly id: string;
  /** Of which pack the arrays are. */
  readonly pack: number;
  readonly lines: readonly ChartLine[];
  readonly label: string;
  /** True for parts of a whole, which are shown in per cent. */
  readonly isPart: boolean;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly unit: TimeUnit;
}

/** A Gantt chart; its rectangles are the arrays of a pack. */
export interface GanttData {
  readonly id: string;
  readonly pack: number;
  readonly nodes: readonly string[];
  readonly resource: string | null;
  readonly perLane: number;
  readonly frameworks: readonly string[];
  readonly left: number;
  readonly right: number;
  readonly unit: TimeUnit;
}

/** What a page is told beside its arrays. */
export interface PageData {
  /** Arrays of the element `pack-0`, `pack-1`, … */
  readonly packs: readonly (readonly PackEntry[])[];
  readonly charts: readonly ChartData[];
  readonly gantts: readonly GanttData[];
}

import type { PlotOptions } from '@observablehq/plot';
import type { RunData } from '../run-data.ts';

/** Colours of a figure, as an attribute of SVG has them. */
export interface Ink {
  /** By position of the series. */
  readonly series: readonly string[];
  readonly text: string;
  readonly grid: string;
  /** Behind everything; null to leave it open. */
  readonly ground: string | null;
}

/** A line of the key of a figure. */
export interface KeyEntry {
  readonly name: string;
  readonly colour: string;
  /** Dashes of the line; null for a filled square. */
  readonly dash: readonly number[] | null;
}

/** What Plot is to draw, and the key above it. */
export interface Drawing {
  readonly options: PlotOptions;
  readonly key: readonly KeyEntry[];
}

/** A picture of one run or of several side by side. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly caption: string;
  draw(runs: readonly RunData[], ink: Ink): Drawing;
}

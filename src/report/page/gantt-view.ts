import type { View } from '../occupancy.ts';

/** Least part of all time and height that a view may show. */
const CLOSEST = 1e-7;

/** The part of a Gantt chart that is shown; always within the whole. */
export class GanttView {
  readonly #whole: View;
  #now: View;

  constructor(whole: View) {
    this.#whole = whole;
    this.#now = whole;
  }

  get now(): View {
    return this.#now;
  }

  reset(): void {
    this.#now = this.#whole;
  }

  /** Shows so many times as much time around the point at this part of the width. */
  zoomTime(factor: number, at = 0.5): void {
    const [left, right] = zoomed(this.#now.left, this.#now.right, this.#whole.left, this.#whole.right, factor, at);
    this.#now = { ...this.#now, left, right };
  }

  zoomHeight(factor: number, at = 0.5): void {
    const [top, bottom] = zoomed(this.#now.top, this.#now.bottom, this.#whole.top, this.#whole.bottom, factor, at);
    this.#now = { ...this.#now, top, bottom };
  }

  /** Moves by parts of what is shown. */
  move(time: number, height: number): void {
    const { left, right, top, bottom } = this.#now;
    const dx = bounded(time * (right - left), this.#whole.left - left, this.#whole.right - right);
    const dy = bounded(height * (bottom - top), this.#whole.top - top, this.#whole.bottom - bottom);
    this.#now = { left: left + dx, right: right + dx, top: top + dy, bottom: bottom + dy };
  }
}

function zoomed(from: number, to: number, least: number, most: number, factor: number, at: number): [number, number] {
  const span = bounded((to - from) * factor, (most - least) * CLOSEST, most - least);
  const start = bounded(from + (to - from - span) * at, least, most - span);
  return [start, start + span];
}

function bounded(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

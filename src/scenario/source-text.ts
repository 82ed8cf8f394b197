import type { Place } from '../base/errors.ts';
import type { Span } from './marked.ts';

/** The text of a scenario file, for turning offsets into places. */
export class SourceText {
  readonly #file: string;
  readonly #text: string;
  // The line counter of the YAML package loses lines in text that is no valid YAML.
  readonly #lineStarts: number[] = [0];

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
  }

  /** Gives the place of a span; the caret stays on the line where the span begins. */
  placeOf({ start, end, override }: Span): Place {
    if (override !== undefined) return { file: override.label ?? `--set ${override.path}=${override.value}` };
    const line = this.#lineOf(start);
    const lineStart = this.#lineStarts[line]!;
    const source = this.#text.slice(lineStart, this.#lineStarts[line + 1]).replace(/\r?\n?$/, '');
    const column = Math.min(start - lineStart, source.length) + 1;
    const length = Math.max(1, Math.min(end - start, source.length - column + 1));
    return { file: this.#file, line: line + 1, column, length, source };
  }

  /** The last line that starts at or before `offset`, counted from 0. */
  #lineOf(offset: number): number {
    let [low, high] = [0, this.#lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

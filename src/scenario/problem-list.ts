import { type Problem, ScenarioError } from '../base/errors.ts';
import type { Override, Path, Span } from './marked.ts';
import type { SourceText } from './source-text.ts';

/** Takes a problem at `path`, the way from the whole scenario to a value; the caret points at the value or its key. */
export type Report = (path: Path, message: string, suggestion?: string, part?: 'value' | 'key') => void;

/** Reports what is wrong in another file at the value that names it, each thing with its line there. */
export function reportFaults({ problems }: ScenarioError, path: Path, report: Report): void {
  for (const { message, suggestion, place } of problems) {
    const line = place?.line === undefined ? '' : `${place.file}:${place.line}: `;
    report(path, line + message, suggestion);
  }
}

/** Collects what is wrong with a scenario, each thing once. */
export class ProblemList {
  readonly #source: SourceText;
  readonly #overrides: readonly Override[];
  readonly #found = new Map<string, { problem: Problem; span: Span }>();
  readonly #unreadable = new Set<string>();
  /** The top-level keys below which something is wrong. */
  readonly sections = new Set<string>();

  constructor(source: SourceText, overrides: readonly Override[]) {
    this.#source = source;
    this.#overrides = overrides;
  }

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  add(span: Span, path: Path, message: string, suggestion?: string): void {
    this.sections.add(String(path[0]));
    if (!this.#unreadable.has(keyOf(span))) this.#put(span, path, message, suggestion);
  }

  /** Adds a value that could not be read; what is said of it later would only follow from that. */
  addUnreadable(span: Span, message: string, suggestion?: string): void {
    this.#unreadable.add(keyOf(span));
    this.#put(span, [], message, suggestion);
  }

  /** Gives the error that tells all, in order of position; overrides come last, in the order they were given. */
  error(): ScenarioError {
    const rank = ({ override }: Span) => (override === undefined ? -1 : this.#overrides.indexOf(override));
    const found = [...this.#found.values()];
    found.sort((a, b) => rank(a.span) - rank(b.span) || a.span.start - b.span.start);
    return new ScenarioError(found.map(({ problem }) => problem));
  }

  #put(span: Span, path: Path, message: string, suggestion?: string): void {
    const place = this.#source.placeOf(span);
    const problem = { path: path.join('.'), message, ...(suggestion !== undefined && { suggestion }), place };
    // One anchor used in many places is one mistake.
    const key = `${keyOf(span)} ${message}`;
    if (!this.#found.has(key)) this.#found.set(key, { problem, span });
  }
}

function keyOf({ start, end, override }: Span): string {
  return `${start} ${end} ${override === undefined ? '' : `${override.path} ${override.value}`}`;
}

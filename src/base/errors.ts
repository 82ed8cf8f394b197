/** Where in the user's input a problem stands; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** How many characters the caret underlines. */
  readonly length?: number;
  /** The source line itself. */
  readonly source?: string;
}

/** One thing wrong with the user's input. */
export interface Problem {
  /** Dotted path of the value, such as `cluster.nodes.0.count`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** What to write instead, if there is a guess. */
  readonly suggestion?: string;
  readonly place?: Place;
}

/** The user's input is wrong; carries every problem found. Exit code 2. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[] | string, place?: Place) {
    const list = typeof problems === 'string' ? [{ path: '', message: problems, ...(place && { place }) }] : problems;
    super(list.map(formatProblem).join('\n'));
    this.problems = list;
  }
}

/** An allocator broke its contract; the run stops, so that a wrong schedule never yields a figure. Exit code 1. */
export class AllocatorError extends Error {
  override readonly name = 'AllocatorError';
  readonly problem: string;

  constructor(allocator: string, problem: string) {
    super(`allocator ${allocator}: ${problem}`);
    this.problem = problem;
  }
}

/** An invariant of the simulator itself broke: a bug of ours. Exit code 1. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

/** Gives a problem as text: `file:line:column: path: message`, the source line, a caret and the suggestion. */
export function formatProblem(problem: Problem): string {
  const { place } = problem;
  const parts: string[] = [];
  if (place !== undefined) {
    parts.push(
      place.line === undefined ? place.file : `${place.file}:${place.line}${place.column ? `:${place.column}` : ''}`,
    );
  }
  if (problem.path !== '') parts.push(problem.path);
  const head = [...parts, problem.message].join(': ');
  const hint = problem.suggestion === undefined ? '' : ` (${problem.suggestion})`;
  return `${head}${hint}${frame(place)}`;
}

/** The source line with a caret below, clipped to a window around the column. */
function frame(place: Place | undefined): string {
  if (place?.source === undefined || place.line === undefined || place.column === undefined) return '';
  const width = 120;
  const start = place.source.length <= width ? 0 : Math.max(0, place.column - 1 - 60);
  const text = place.source.slice(start, start + width).replace(/\t/g, ' ');
  const caretAt = place.column - 1 - start;
  const length = Math.max(1, Math.min(place.length ?? 1, text.length - caretAt));
  const margin = `${place.line}`.padStart(6);
  return `\n${margin} | ${text}\n${' '.repeat(6)} | ${' '.repeat(caretAt)}${'^'.repeat(length)}`;
}

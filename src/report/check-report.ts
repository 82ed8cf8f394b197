/** One thing that was asked of a result, and whether it holds. */
export interface Check {
  /** What it is about, such as an allocator; empty for a single run. */
  readonly group: string;
  readonly name: string;
  readonly expected: string;
  /** What it is instead, in words or figures. */
  readonly found: string;
  readonly pass: boolean;
}

/** A table of figures in text; the first column holds names. */
export interface Figures {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What came of a command, in a form that other programs can be told of. */
export interface CheckReport {
  readonly title: string;
  readonly checks: readonly Check[];
  /** Sentences worth reading. */
  readonly notes: readonly string[];
  readonly figures: Figures;
  readonly reproduce: string;
}

/** Gives what a check says in a line: `easy: wait.p95 < 300: is 312`. */
export function checkLine({ group, name, expected, found }: Check): string {
  return `${group === '' ? '' : `${group}: `}${name} ${expected}: is ${found}`;
}

import type { SourceAccount } from '../workload/workload-source.ts';

/** What was found by one rule. */
export interface Finding {
  /** What the rule is called, such as `skipped: zero run time`. */
  readonly rule: string;
  /** An error is left out of a replay; a warning is replayed, but may not be what was recorded; a note is good to know. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Records that the rule found. */
  readonly count: number;
  /** The first of them, by line where that is known. */
  readonly examples: readonly { readonly line: number; readonly detail: string }[];
}

/** Records that each rule keeps as examples. */
const EXAMPLES = 1_000;

/** Collects what the rules find, in the order of their first finding; memory does not grow with the trace. */
export class Findings {
  readonly #found = new Map<
    string,
    { severity: Finding['severity']; count: number; examples: Finding['examples'][number][] }
  >();

  add(rule: string, severity: Finding['severity'], line: number, detail = ''): void {
    let found = this.#found.get(rule);
    if (found === undefined) {
      found = { severity, count: 0, examples: [] };
      this.#found.set(rule, found);
    }
    found.count++;
    if (found.examples.length < EXAMPLES) found.examples.push({ line, detail });
  }

  /** Hears from a source what its reader leaves out or puts right. */
  listenTo(account: SourceAccount): void {
    account.onOdd = (kind, what, line) => {
      if (kind === 'skipped') this.add(what, 'error', line);
      else this.add(what, HARMLESS.has(what) ? 'note' : 'warning', line);
    };
  }

  /** Errors first, then warnings, then notes; of one severity the most frequent first. */
  list(): Finding[] {
    const order = ['error', 'warning', 'note'];
    return [...this.#found]
      .map(([rule, found]) => ({ rule, ...found }))
      .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || b.count - a.count);
  }
}

/** What readers do that every log of some formats needs, and that changes no time. */
const HARMLESS = new Set(['estimate missing, run time taken', 'out of order']);

/** What became of each record of a list of nodes or events: read = used + skipped. */
export interface ListAccount {
  /** The file as the scenario names it. */
  readonly source: string;
  readonly format: string;
  read: number;
  used: number;
  /** Records left out, by reason. */
  readonly skipped: Record<string, number>;
  /** Records used with something left aside, by what was done. */
  readonly notes: Record<string, number>;
}

/** Opens an account with nothing on it. */
export function openListAccount(source: string, format: string): ListAccount {
  return { source, format, read: 0, used: 0, skipped: {}, notes: {} };
}

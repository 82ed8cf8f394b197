/** What the process says to its caller; see docs/formats/command-line.md. */
export const ExitCode = {
  ok: 0,
  /** A run failed or an invariant broke. */
  failed: 1,
  /** Bad input or usage. */
  badInput: 2,
  /** A threshold failed. */
  threshold: 3,
  /** A run did not come out the same. */
  notReproducible: 4,
  interrupted: 130,
} as const;

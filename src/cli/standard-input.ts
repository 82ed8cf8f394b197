/** What stands for `-` between the shell and the commands: the parser turns a positional `-` into an empty word. */
const MARK = 'standard-input:-';

/** Replaces each word `-` so that it survives parsing. */
export function markStandardInput(words: readonly string[]): string[] {
  return words.map((word) => (word === '-' ? MARK : word));
}

/** Gives a positional's word back as it was typed; the `coerce` of every positional that may be `-`. */
export function asTyped(word: string): string {
  return word === MARK ? '-' : word;
}

/** Characters of a name or text that a message shows. */
export const LONGEST = 40;

/** Gives a name or text in backquotes, cut where it is long. */
export function quote(text: string): string {
  const clean = text.replace(/[\p{Cc}\u2028\u2029]/gu, '\u00b7');
  return `\`${clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean}\``;
}

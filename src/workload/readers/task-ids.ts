/** Reads a list of ids with blanks, commas or semicolons between them, perhaps in brackets; -1 stands for none. */
export function taskIds(text: string): string[] {
  if (text === '') return [];
  return text.split(/[\s,;[\]]+/).filter((id) => id !== '' && id !== '-1');
}

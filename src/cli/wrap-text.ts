import textWidth from './text-width.ts';

/**
 * Breaks lines so that none takes more than `columns`: between words, and inside a word that alone is longer.
 *
 * The bundle takes this for `wrap-ansi`, for the help alone; escape sequences are not carried from line to line.
 */
export default function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  const lines: string[] = [];
  let current: string | null = null;
  for (const word of line.trim().split(' ')) {
    const longer: string = current === null ? word : `${current} ${word}`;
    if (textWidth(longer) <= columns) {
      current = longer;
      continue;
    }
    if (current !== null) lines.push(current.trimEnd());
    current = word;
    while (textWidth(current) > columns) {
      lines.push(current.slice(0, columns));
      current = current.slice(columns);
    }
  }
  lines.push((current ?? '').trimEnd());
  return lines.join('\n');
}

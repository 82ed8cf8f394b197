import type { CheckReport } from './check-report.ts';

/** Gives a result as Markdown, for the summary of a CI job or a comment. */
export function markdown({ title, checks, notes, figures, reproduce }: CheckReport): string {
  const blocks = [`## ${cell(title)}`];
  if (checks.length > 0) {
    const grouped = checks.some(({ group }) => group !== '');
    const rows = checks.map(({ group, name, expected, found, pass }) => [
      pass ? '✓' : '**✗**',
      ...(grouped ? [group] : []),
      `\`${name}\``,
      expected,
      found,
    ]);
    blocks.push(table(['', ...(grouped ? ['of'] : []), 'metric', 'expected', 'is'], rows));
  }
  if (figures.rows.length > 0) blocks.push(table(figures.head, figures.rows));
  if (notes.length > 0) blocks.push(notes.map((note) => `- ${note}`).join('\n'));
  blocks.push(`\`\`\`sh\n${reproduce}\n\`\`\``);
  return `${blocks.join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const rule = head.map(() => '---');
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

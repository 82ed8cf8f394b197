import { escapeXml } from '../escape-xml.ts';

/** A table of a page: names to the left, numbers to the right. */
export interface HtmlTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of words, from the left; the first one heads its row. */
  readonly words?: number;
}

/** Gives a table in a box that can be scrolled sideways, by keyboard too. */
export function htmlTable({ caption, head, rows, words = 1 }: HtmlTable): string {
  const kind = (column: number): string => (column < words ? '' : ' class="number"');
  const heads = head.map((cell, i) => `<th scope="col"${kind(i)}>${escapeXml(cell)}</th>`).join('');
  const lines = rows.map((row) => {
    const cells = row.map((cell, i) =>
      i === 0 ? `<th scope="row">${escapeXml(cell)}</th>` : `<td${kind(i)}>${escapeXml(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeXml(caption)}"><table><caption>${escapeXml(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

/** Gives a section of a page, which the list of contents can lead to. */
export function htmlSection(id: string, title: string, body: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeXml(title)}</h2>${body}</section>`;
}

/** Gives what stays closed until somebody asks for it. */
export function htmlDetails(summary: string, body: string): string {
  return `<details><summary>${escapeXml(summary)}</summary>${body}</details>`;
}

/** Gives a command or digest, to be copied. */
export function htmlCode(text: string): string {
  return `<pre tabindex="0"><code>${escapeXml(text)}</code></pre>`;
}

/** Gives a paragraph; of a class where one is named. */
export function htmlText(text: string, kind?: string): string {
  return `<p${kind === undefined ? '' : ` class="${kind}"`}>${escapeXml(text)}</p>`;
}

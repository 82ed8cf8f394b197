import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { escapeXml } from '../escape-xml.ts';
import { LIGHT } from '../palette.ts';
import type { RunData } from '../run-data.ts';
import type { Drawing, Figure, Ink, KeyEntry } from './figure.ts';

/** A figure on paper. */
export const PAPER: Ink = { series: LIGHT, text: '#222222', grid: '#cccccc', ground: '#ffffff' };

/** A figure within a page, whose style says which colours these are. */
export const PAGE: Ink = {
  series: LIGHT.map((_, i) => `var(--series-${i})`),
  text: 'currentColor',
  grid: 'var(--line)',
  ground: null,
};

const FONT = 'Helvetica, Arial, &quot;Liberation Sans&quot;, sans-serif';
const KEY_LINE = 20;
/** Width of a letter of 12 pixels on average, rather too large. */
const LETTER = 6.8;

/** Draws a figure as an SVG document of its own; the same runs give the same bytes. */
export function figureSvg(figure: Figure, runs: readonly RunData[], ink: Ink): string {
  const { options, key } = figure.draw(runs, ink);
  const width = options.width!;
  const rows = keyRows(key, width);
  const top = rows.length * KEY_LINE + (rows.length > 0 ? 6 : 0);
  const height = options.height! + top;
  const labels = runs.map(({ label }) => label).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONT}" font-size="12" fill="${ink.text}">`,
    `<title>${escapeXml(`${figure.title}: ${labels}`)}</title>`,
    `<desc>${escapeXml(figure.caption)}</desc>`,
    ...(ink.ground === null ? [] : [`<rect width="${width}" height="${height}" fill="${ink.ground}"/>`]),
    ...rows.map((row, i) => row.map((entry) => keyEntry(entry, i)).join('')),
    `<g transform="translate(0,${top})">${plotSvg(options, ink)}</g>`,
    '</svg>\n',
  ].join('\n');
}

/** Gives what Plot draws, without the style sheet that it would bring. */
function plotSvg(options: Drawing['options'], ink: Ink): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    marginTop: 24,
    marginLeft: 48,
    marginRight: 16,
    marginBottom: 34,
    ...options,
    document: document as unknown as Document,
    color: { type: 'identity' },
  });
  for (const style of [...svg.querySelectorAll('style')]) style.remove();
  for (const name of ['class', 'font-family', 'font-size', 'fill', 'text-anchor']) svg.removeAttribute(name);
  svg.setAttribute('text-anchor', 'middle');
  for (const line of [...svg.querySelectorAll('[aria-label$="grid"]')]) line.setAttribute('stroke', ink.grid);
  for (const line of [...svg.querySelectorAll('[aria-label$="grid"]')]) line.setAttribute('stroke-opacity', '1');
  // Assistants read the picture by its title; words on groups without a role are errors.
  for (const group of [...svg.querySelectorAll('[aria-label]')]) group.removeAttribute('aria-label');
  return svg.outerHTML;
}

interface Placed extends KeyEntry {
  readonly x: number;
}

/** Sets the key out in rows no wider than the picture. */
function keyRows(key: readonly KeyEntry[], width: number): Placed[][] {
  const rows: Placed[][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const entry of key) {
    const own = 38 + entry.name.length * LETTER + 14;
    if (x + own > width) {
      rows.push([]);
      x = 8;
    }
    rows.at(-1)!.push({ ...entry, x });
    x += own;
  }
  return rows;
}

function keyEntry({ name, colour, dash, x }: Placed, row: number): string {
  const y = row * KEY_LINE + 14;
  const sample =
    dash === null
      ? `<rect x="${x + 14}" y="${y - 6}" width="12" height="12" fill="${colour}"/>`
      : `<line x1="${x}" x2="${x + 30}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash.join(' ')}"/>`;
  return `${sample}<text x="${x + 36}" y="${y + 4}">${escapeXml(name)}</text>`;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-cli.ts';

/** One document of the project; `path` is relative to the root. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** A fenced block and the line on which its content begins. */
export interface Fence {
  readonly path: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const FOREIGN = new Set(['node_modules', 'dist', '.git', 'coverage', 'results']);

/** Every Markdown file of the project. */
export function documents(folder = ''): Document[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return FOREIGN.has(entry.name) ? [] : documents(path);
    return entry.name.endsWith('.md') ? [readDocument(path)] : [];
  });
}

export function readDocument(path: string): Document {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** The fenced blocks of a document, in order. */
export function fences({ path, text }: Document): Fence[] {
  const found: Fence[] = [];
  let open: { line: number; language: string; lines: string[] } | null = null;
  for (const [i, line] of text.split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === null) open = { line: i + 2, language: fence[1]!.trim(), lines: [] };
    else {
      found.push({ path, line: open.line, language: open.language, text: `${open.lines.join('\n')}\n` });
      open = null;
    }
  }
  return found;
}

/** The text of a document without its fenced blocks. */
export function prose({ text }: Document): string {
  return text.replace(/^\s*```[\s\S]*?^\s*```/gm, '');
}

/** The anchors that headings give, as GitHub makes them. */
export function anchors(document: Document): string[] {
  return [...prose(document).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The part of a document below a heading, up to the next of the same rank or a higher one. */
export function section({ path, text }: Document, heading: string): Document {
  const rank = /^#+/.exec(heading)![0].length;
  const start = `${text}\n`.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`${path} has no heading \`${heading}\``);
  const rest = text.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${rank}} `, 'm'));
  return { path, text: end < 0 ? rest : rest.slice(0, end) };
}

/** The cells of all table rows but heads and rules. */
export function tableRows({ text }: Document): string[][] {
  const lines = text.split('\n').map((line) => line.trim());
  const isRow = (line: string | undefined) => line?.startsWith('|') ?? false;
  const isRule = (line: string | undefined) => /^\|[\s:|-]+\|$/.test(line ?? '');
  return lines
    .filter((line, i) => isRow(line) && !isRule(line) && !isRule(lines[i + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

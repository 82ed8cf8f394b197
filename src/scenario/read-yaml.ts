import { Composer, type Document, type Node, Parser } from 'yaml';
import { offsetBelow } from '../base/yaml-depth.ts';
import type { Marked, Override } from './marked.ts';
import { type SyntaxFault, YamlMarker } from './yaml-marker.ts';

/** What a text holds; the root is missing where the text cannot be read. */
export interface YamlReading {
  readonly root?: Marked;
  readonly faults: readonly SyntaxFault[];
}

/** No scenario comes near; the composer and what follows it take stack for each level. */
const DEEPEST = 100;

/**
 * Reads YAML or JSON; spans belong to `override` where one is given.
 *
 * A root stands beside faults where those leave the rest readable, such as a key that stands twice.
 */
export function readYaml(text: string, override?: Override): YamlReading {
  const tokens = [...new Parser().parse(text)];
  const origin = override && { override };
  const tooDeep = offsetBelow(tokens, DEEPEST);
  if (tooDeep !== undefined) {
    const span = { start: tooDeep, end: tooDeep + 1, ...origin };
    return { faults: [{ span, message: `nested more than ${DEEPEST} levels deep` }] };
  }
  const documents = [...new Composer({ uniqueKeys: false }).compose(tokens, true, text.length)];
  const faults = syntaxFaults(documents, text, override);
  if (faults.length > 0) return { faults };
  const { contents } = documents[0]!;
  if (contents === null) {
    return { root: { kind: 'scalar', span: { start: 0, end: 0, ...origin }, value: null, text: '' }, faults };
  }
  const marker = new YamlMarker(override);
  const root = marker.mark(contents as Node);
  return { root, faults: marker.faults };
}

/** The first fault of each line, since one slip makes the reader of the syntax stumble several times. */
function syntaxFaults(documents: readonly Document.Parsed[], text: string, override?: Override): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  const second = documents[1]?.range?.[0];
  if (second !== undefined)
    faults.push(fault(second, second + 3, 'a scenario is one document; here a second one begins'));
  const seen = new Set<number>();
  // A tag that is not known is only a warning there; the marker finds it again and says so.
  const warnings = documents[0]!.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED');
  const found = [...documents[0]!.errors, ...warnings];
  for (const { pos, message } of found.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const lineStart = text.lastIndexOf('\n', Math.max(0, pos[0] - 1));
    if (seen.has(lineStart)) continue;
    seen.add(lineStart);
    faults.push(fault(pos[0], pos[1], sentence(message), hintFor(text, pos[0])));
  }
  return faults;

  function fault(start: number, end: number, message: string, suggestion?: string): SyntaxFault {
    return { span: { start, end, ...(override && { override }) }, message, ...(suggestion && { suggestion }) };
  }
}

function sentence(message: string): string {
  return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function hintFor(text: string, start: number): string | undefined {
  if (text[start] === '>' || text[start - 1] === '>') return 'text that begins with > goes in quotes';
  return text[start] === '\t' ? 'indent with spaces' : undefined;
}

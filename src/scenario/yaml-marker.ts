import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { quote } from '../base/quote.ts';
import type { Marked, MarkedEntry, Override, Span } from './marked.ts';

/** Something that is wrong with the text itself. */
export interface SyntaxFault {
  readonly span: Span;
  readonly message: string;
  readonly suggestion?: string;
}

/** How many values aliases may stand for in all, so that a short file cannot fill the memory. */
const MOST_ALIASED = 200_000;

const TAGS = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`);
const KNOWN_TAGS = new Set(['!', ...TAGS]);

/** Turns the nodes of one YAML document into marked values, with each alias replaced by what it stands for. */
export class YamlMarker {
  readonly faults: SyntaxFault[] = [];
  readonly #override: Override | undefined;
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Alias, Node | undefined>();
  readonly #open = new Set<Node>();
  #aliased = 0;

  constructor(override?: Override) {
    this.#override = override;
  }

  mark(node: Node): Marked {
    if (isAlias(node)) return this.#markTarget(node);
    if (this.#aliasDepth > 0) this.#aliased++;
    else this.#remember(node);
    this.#checkTag(node);
    if (isScalar(node)) return this.#markScalar(node);
    this.#open.add(node);
    const span = this.#span(node);
    const marked: Marked = isMap(node)
      ? { kind: 'map', span, entries: this.#markEntries(node) }
      : { kind: 'list', span, items: isSeq(node) ? node.items.map((item) => this.mark(item as Node)) : [] };
    this.#open.delete(node);
    return marked;
  }

  #aliasDepth = 0;

  #markTarget(alias: Alias): Marked {
    const span = this.#span(alias);
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchors.get(alias.source));
    const target = this.#targets.get(alias);
    const name = quote(`*${alias.source}`);
    if (target === undefined) return this.#refuse(span, `${name} refers to no anchor above it`);
    if (this.#open.has(target)) return this.#refuse(span, `${name} refers to what it is part of`);
    if (this.#aliased > MOST_ALIASED) return this.#refuse(span, 'aliases make this file too large');
    this.#aliasDepth++;
    const marked = this.mark(target);
    this.#aliasDepth--;
    return { ...marked, span };
  }

  #markEntries(map: YAMLMap): Map<string, MarkedEntry> {
    const entries = new Map<string, MarkedEntry>();
    for (const pair of map.items) {
      const keyNode = pair.key as Node;
      const key = this.#span(keyNode);
      const value = this.#markValue(pair.value as Node | null, key);
      const name = this.#keyOf(keyNode, key);
      if (name === undefined) continue;
      if (entries.has(name)) this.#refuse(key, `the key ${quote(name)} stands here twice`);
      else entries.set(name, { key, value });
    }
    return entries;
  }

  #markValue(node: Node | null, key: Span): Marked {
    return node === null
      ? { kind: 'scalar', span: { ...key, start: key.end }, value: null, text: '' }
      : this.mark(node);
  }

  #keyOf(node: Node, span: Span): string | undefined {
    if (!isScalar(node)) {
      this.#refuse(span, 'a key is a plain name');
      return undefined;
    }
    this.#remember(node);
    this.#checkTag(node);
    const name = textOf(node);
    if (name === '') this.#refuse(span, 'a key is empty');
    else if (name === '__proto__') this.#refuse(span, '`__proto__` cannot be a key');
    else if (name === '<<') this.#refuse(span, 'merge keys are not part of this format', 'repeat the keys');
    else return name;
    return undefined;
  }

  #markScalar(node: Scalar): Marked {
    const { value } = node;
    const span = this.#span(node);
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', span, value, text: textOf(node) };
    }
    return { kind: 'scalar', span, value: textOf(node), text: textOf(node) };
  }

  #remember(node: Node): void {
    if (!isAlias(node) && node.anchor !== undefined) this.#anchors.set(node.anchor, node);
  }

  #checkTag(node: Node): void {
    if (node.tag === undefined || KNOWN_TAGS.has(node.tag)) return;
    this.#refuse(this.#span(node), `the tag ${quote(node.tag)} is not part of this format`);
  }

  #refuse(span: Span, message: string, suggestion?: string): Marked {
    this.faults.push({ span, message, ...(suggestion && { suggestion }) });
    return { kind: 'scalar', span, value: null, text: '' };
  }

  #span(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return { start, end, ...(this.#override && { override: this.#override }) };
  }
}

function textOf(node: Scalar): string {
  return node.type === 'PLAIN' && node.source !== undefined ? node.source : String(node.value ?? '');
}

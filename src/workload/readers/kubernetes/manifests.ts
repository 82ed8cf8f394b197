import { Composer, type Document, isMap, isNode, isSeq, Parser } from 'yaml';
import { ScenarioError } from '../../../base/errors.ts';
import { offsetBelow } from '../../../base/yaml-depth.ts';
import { at, isObject, type JsonObject, listAt, parseJson, placeAt } from '../document.ts';
import { itemOffsets } from './item-offsets.ts';

/** One object of a cluster's API, and the line on which it begins, from 1. */
export interface Manifest {
  readonly object: JsonObject;
  readonly line: number;
}

/** YAML takes a hundred times its length while it is read, and a second for each MiB or two. */
const LARGEST_YAML = 32 * 1024 * 1024;
/** No manifest comes near; the composer takes stack for each level. */
const DEEPEST = 100;
/** Uses of anchors, all in all; a dozen lines can stand for billions of nodes. */
const ALIASES = 100;

/** One document: what it holds, where that begins, and where each item of its list does, in characters from 0. */
interface ManifestDocument {
  readonly value: unknown;
  readonly start: number;
  readonly items: readonly number[];
}

/** Says whether the beginning of a text looks like manifests, in YAML or JSON. */
export function looksLikeManifests(head: string): boolean {
  return /^\s*[{[]/.test(head)
    ? /"apiVersion"\s*:/.test(head) && /"kind"\s*:/.test(head)
    : /^(?:- )?\s*apiVersion\s*:/m.test(head) && /^\s*kind\s*:/m.test(head);
}

/**
 * Reads manifests as YAML, of any number of documents, or as JSON; lists are taken apart.
 *
 * @throws ScenarioError where the text is neither, with the line and column, or is too large, too deep, or grows by aliases.
 */
export function readManifests(text: string, file: string): Manifest[] {
  const lineAt = lineCounter(text);
  const manifests: Manifest[] = [];
  for (const { value, start, items } of documentsOf(text, file)) {
    for (const [i, object] of takenApart(value).entries()) {
      if (isObject(object)) manifests.push({ object, line: lineAt(items[i] ?? start) });
    }
  }
  return manifests;
}

function documentsOf(text: string, file: string): ManifestDocument[] {
  if (!/^\uFEFF?\s*[{[]/.test(text)) return yamlDocuments(text, file);
  return [{ value: parseJson(text, file), start: text.search(/[{[]/), items: itemOffsets(text) }];
}

/** The objects of a value: itself, or the items of a list such as `kind: PodList`, each at its place. */
function takenApart(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const kind = at(value, 'kind');
  const isList = typeof kind === 'string' && kind.endsWith('List') && Array.isArray(at(value, 'items'));
  if (!isList) return [value];
  // The items of a PodList have no kind of their own.
  const own = kind === 'List' ? undefined : kind.slice(0, -'List'.length);
  return listAt(value, 'items').map((item) =>
    own === undefined || !isObject(item) || at(item, 'kind') !== undefined ? item : { ...item, kind: own },
  );
}

/** Gives the lines of offsets that never go back. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let from = 0;
  return (offset) => {
    for (; from < offset; from++) if (text.charCodeAt(from) === 10) line++;
    return line;
  };
}

function yamlDocuments(text: string, file: string): ManifestDocument[] {
  if (text.length > LARGEST_YAML) {
    const message = `more than ${LARGEST_YAML / 1024 / 1024} MiB of YAML: give it as JSON, which is read much faster`;
    throw new ScenarioError(message, { file });
  }
  const tokens = [...new Parser().parse(text)];
  const tooDeep = offsetBelow(tokens, DEEPEST);
  if (tooDeep !== undefined) {
    throw new ScenarioError(`nested more than ${DEEPEST} levels deep`, placeAt(text, tooDeep, file));
  }
  const documents = [...new Composer({ uniqueKeys: false, logLevel: 'silent' }).compose(tokens)];
  return documents.map((document) => {
    const [fault] = document.errors;
    if (fault !== undefined) {
      const message = `not valid YAML: ${fault.message.charAt(0).toLowerCase()}${fault.message.slice(1)}`;
      throw new ScenarioError(message, placeAt(text, fault.pos[0], file));
    }
    const start = document.contents?.range?.[0] ?? document.range[0];
    try {
      return { value: document.toJS({ maxAliasCount: ALIASES }) as unknown, start, items: itemsOf(document) };
    } catch (error) {
      const { line } = placeAt(text, start, file);
      throw new ScenarioError(`the document cannot be read: ${(error as Error).message}`, { file, line: line! });
    }
  });
}

function itemsOf({ contents }: Document.Parsed): number[] {
  const list = isMap(contents) ? contents.get('items') : contents;
  return isSeq(list) ? list.items.map((item) => (isNode(item) ? (item.range?.[0] ?? 0) : 0)) : [];
}

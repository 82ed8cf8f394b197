import { Composer, Parser } from 'yaml';
import { ScenarioError } from '../../../base/errors.ts';
import { offsetBelow } from '../../../base/yaml-depth.ts';
import { at, isObject, type JsonObject, listAt, parseJson, placeAt } from '../document.ts';

/** One object of a cluster's API, and where its document begins, from 1; 0 where that is not known. */
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

/**
 * Reads manifests as YAML, of any number of documents, or as JSON; lists are taken apart.
 *
 * @throws ScenarioError where the text is neither, with the line and column, or is too large, too deep, or grows by aliases.
 */
export function readManifests(text: string, file: string): Manifest[] {
  const documents = /^\uFEFF?\s*[{[]/.test(text)
    ? [{ value: parseJson(text, file), line: 0 }]
    : yamlDocuments(text, file);
  const manifests: Manifest[] = [];
  for (const { value, line } of documents) {
    for (const object of takenApart(value)) manifests.push({ object, line });
  }
  return manifests;
}

/** The objects of a value: itself, or those of a list such as `kind: PodList`. */
function takenApart(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  const kind = at(value, 'kind');
  const isList = typeof kind === 'string' && kind.endsWith('List') && Array.isArray(at(value, 'items'));
  if (!isList) return [value];
  // The items of a PodList have no kind of their own.
  const own = kind === 'List' ? undefined : kind.slice(0, -'List'.length);
  return listAt(value, 'items')
    .filter(isObject)
    .map((item) => (own === undefined || at(item, 'kind') !== undefined ? item : { ...item, kind: own }));
}

function yamlDocuments(text: string, file: string): { value: unknown; line: number }[] {
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
  let line = 1;
  let from = 0;
  return documents.map((document) => {
    const [fault] = document.errors;
    if (fault !== undefined) {
      const message = `not valid YAML: ${fault.message.charAt(0).toLowerCase()}${fault.message.slice(1)}`;
      throw new ScenarioError(message, placeAt(text, fault.pos[0], file));
    }
    const start = document.contents?.range?.[0] ?? document.range[0];
    for (; from < start; from++) if (text.charCodeAt(from) === 10) line++;
    try {
      return { value: document.toJS({ maxAliasCount: ALIASES }) as unknown, line };
    } catch (error) {
      throw new ScenarioError(`the document cannot be read: ${(error as Error).message}`, { file, line });
    }
  });
}

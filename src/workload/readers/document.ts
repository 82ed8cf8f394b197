import type { ByteSource } from '../../base/byte-source.ts';
import { type Place, ScenarioError } from '../../base/errors.ts';
import { jsonFault } from './json-fault.ts';

/** What a document may hold at most, decompressed; a text of V8 ends at twice as much. */
const LARGEST = 256 * 1024 * 1024;

/** Reads a file whole, as UTF-8 without a byte order mark; throws a ScenarioError beyond `limit` bytes. */
export async function readDocument(bytes: ByteSource, limit = LARGEST): Promise<string> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let length = 0;
  for await (const chunk of bytes.chunks()) {
    length += chunk.length;
    if (length > limit) {
      const message = `more than ${limit / 1024 / 1024} MiB, and this format is read whole: cut the file in parts`;
      throw new ScenarioError(message, { file: bytes.name });
    }
    pieces.push(decoder.decode(chunk, { stream: true }));
  }
  pieces.push(decoder.decode());
  const text = pieces.join('');
  if (text.trim() === '') throw new ScenarioError('the file is empty', { file: bytes.name });
  return text;
}

/** Reads JSON; throws a ScenarioError with the line and column of what is wrong with it. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const fault = jsonFault(text);
    if (fault === null) throw new ScenarioError('this is not JSON', { file });
    throw new ScenarioError(`not valid JSON: ${fault.message}`, placeAt(text, fault.at, file));
  }
}

/** Gives the line and column of the character `at` of a text. */
export function placeAt(text: string, at: number, file: string): Place {
  const before = text.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line++;
  const end = text.indexOf('\n', at);
  const source = text.slice(start, end < 0 ? undefined : end);
  return { file, line, column: at - start + 1, source };
}

/** A mapping as documents hold it; its values may be anything. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Says whether a value is a mapping and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives what stands under a key, or undefined; never what every object has by its nature. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let inner = value;
  for (const key of keys) {
    if (!isObject(inner) || !Object.hasOwn(inner, key)) return undefined;
    inner = inner[key];
  }
  return inner;
}

/** Gives the list under a key; an empty one where there is none. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const list = at(value, ...keys);
  return Array.isArray(list) ? list : [];
}

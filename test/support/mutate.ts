import { gzipSync } from 'node:zlib';
import { below, type Random } from '../../src/base/random.ts';

/** What may stand where a number was. */
const HOSTILE = [
  '',
  '-1',
  '0',
  '-0',
  '1e9',
  '1e308',
  '1e309',
  '-1e308',
  '1e-320',
  '2147483648',
  '4294967296',
  '9007199254740993',
  '9223372036854775807',
  '99999999999999999999999',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  '0x10',
  '1_000',
  '1.5',
  '.5',
  '5.',
  '+5',
  '--5',
  '1e',
  '1,5',
  ' 7 ',
  '>24',
  '__proto__',
  'constructor',
  '\u{1F4A5}',
  '"',
  '{}',
] as const;

/** What may stand where a value of JSON was. */
const VALUES: readonly unknown[] = [null, true, -1, 0, 1e308, 1.5, 2 ** 53, '', '-1', 'NaN', '__proto__', [], [[]], {}];

type Mutation = (text: string, random: Random) => string;

/** Text as one character a byte, so that cuts fall anywhere. */
const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const asBytes = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => asText(Buffer.from(text, 'utf8'));

function pick<T>(random: Random, of: readonly T[]): T {
  return of[below(random, of.length)]!;
}

function onLines(change: (lines: string[], random: Random) => void): Mutation {
  return (text, random) => {
    const lines = text.split('\n');
    change(lines, random);
    return lines.join('\n');
  };
}

/** Changes the cells of one line, or of all lines alike. */
function onColumns(change: (cells: string[], at: number, other: number) => void): Mutation {
  return (text, random) => {
    const lines = text.split('\n');
    const delimiter = pick(random, [',', ',', '\t', ' ', ';']);
    const width = Math.max(...lines.slice(0, 20).map((line) => line.split(delimiter).length));
    const [at, other, line] = [below(random, width), below(random, width), below(random, lines.length)];
    const all = random() < 0.5;
    return lines
      .map((each, i) => {
        if (!all && i !== line) return each;
        const cells = each.split(delimiter);
        change(cells, at, other);
        return cells.join(delimiter);
      })
      .join('\n');
  };
}

const textMutations: readonly Mutation[] = [
  (text, random) => {
    const at = below(random, text.length + 1);
    const byte = String.fromCharCode(below(random, 256));
    return text.slice(0, at) + byte + text.slice(at + below(random, 2));
  },
  (text, random) => {
    let changed = text;
    for (let n = 1 + below(random, 8); n > 0 && changed !== ''; n--) {
      const at = below(random, changed.length);
      const bit = 2 ** below(random, 8);
      changed = changed.slice(0, at) + String.fromCharCode(changed.charCodeAt(at) ^ bit) + changed.slice(at + 1);
    }
    return changed;
  },
  (text, random) => text.slice(0, below(random, text.length + 1)),
  (text, random) => text.slice(below(random, text.length + 1)),
  (text, random) => {
    const at = below(random, text.length + 1);
    return text.slice(0, at) + text.slice(at + below(random, 30));
  },
  onLines((lines, random) => lines.splice(below(random, lines.length), 1)),
  onLines((lines, random) => lines.splice(below(random, lines.length), 0, pick(random, lines))),
  onLines((lines, random) => {
    const [a, b] = [below(random, lines.length), below(random, lines.length)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
  }),
  onLines((lines, random) => {
    const at = below(random, lines.length);
    lines[at] = lines[at]!.slice(0, below(random, lines[at]!.length + 1));
  }),
  onLines((lines, random) =>
    lines.splice(below(random, lines.length + 1), 0, pick(random, ['', ' ', '\r', '#', ';', ','])),
  ),
  onLines((lines) => lines.reverse()),
  onColumns((cells, at) => cells.splice(at, 1)),
  onColumns((cells, at) => cells.splice(at, 0, cells[at] ?? '')),
  onColumns((cells, at, other) => {
    if (at < cells.length && other < cells.length) [cells[at], cells[other]] = [cells[other]!, cells[at]!];
  }),
  hostileNumbers,
  hostileNumbers,
  hostileNumbers,
  (text, random) => {
    const at = below(random, text.length + 1);
    return text.slice(0, at) + pick(random, ['"', '""', '"\n', '\\"', "'"]) + text.slice(at);
  },
  (text) => text.replace(/\n/g, '\r\n'),
  (text) => text.replace(/\n/g, '\r'),
  (text) => `\u00EF\u00BB\u00BF${text}`,
  (text, random) => {
    const at = below(random, text.length + 1);
    return `${text.slice(0, at)}\0${text.slice(at)}`;
  },
  (text) => text.replace(/,/g, '\t'),
  (text) => text.replace(/\n$/, ''),
  () => '',
];

/** Puts hostile text where one number stands, or a few. */
function hostileNumbers(text: string, random: Random): string {
  const places = [...text.matchAll(/\d+(?:\.\d+)?/g)];
  if (places.length === 0) return text;
  let changed = text;
  for (let n = 1 + below(random, 3); n > 0; n--) {
    const { index, 0: number } = pick(random, places);
    changed = changed.slice(0, index) + utf8(pick(random, HOSTILE)) + changed.slice(index + number.length);
  }
  return changed;
}

/** Drops, doubles or replaces a value somewhere in a document of JSON; gives the text as it is where it is none. */
function changedJson(text: string, random: Random): string {
  let document: unknown;
  try {
    document = JSON.parse(asBytes(text).toString('utf8'));
  } catch {
    return text;
  }
  for (let n = 1 + below(random, 3); n > 0; n--) changeOne(document, random);
  return utf8(JSON.stringify(document) ?? '');
}

function changeOne(document: unknown, random: Random): void {
  let at = document;
  for (let depth = below(random, 8); depth >= 0; depth--) {
    if (typeof at !== 'object' || at === null) return;
    const keys = Object.keys(at);
    if (keys.length === 0) return;
    const key = pick(random, keys);
    const here = at as Record<string, unknown>;
    const below_ = here[key];
    if (depth > 0 && typeof below_ === 'object' && below_ !== null) {
      at = below_;
      continue;
    }
    const how = random();
    if (how < 0.25) {
      if (Array.isArray(here)) here.splice(Number(key), 1);
      else delete here[key];
    } else if (how < 0.35 && Array.isArray(here)) here.push(structuredClone(below_));
    else if (how < 0.5) here[key] = here[pick(random, keys)];
    else here[key] = pick(random, VALUES);
    return;
  }
}

/** Gives the same file damaged in one to three ways, packed with gzip and cut in one of twenty. */
export function mutated(content: string | Uint8Array, random: Random): Uint8Array {
  let text = typeof content === 'string' ? utf8(content) : asText(content);
  const isJson = /^\s*[[{]/.test(text);
  for (let n = 1 + below(random, 3); n > 0; n--) {
    if (isJson && random() < 0.5) text = changedJson(text, random);
    else text = pick(random, textMutations)(text, random);
  }
  const bytes = asBytes(text);
  if (random() >= 0.05) return bytes;
  const packed = gzipSync(bytes);
  const how = random();
  if (how < 0.5) return packed.subarray(0, below(random, packed.length + 1));
  if (how < 0.9) packed[below(random, packed.length)]! ^= 2 ** below(random, 8);
  return packed;
}

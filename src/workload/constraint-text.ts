/** What a job asks of its nodes: values by attribute, and speeds by attribute and value. */
export interface NodeWishes {
  readonly constraint: Readonly<Record<string, readonly string[]>>;
  readonly speeds: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What the texts below are made of, and so is escaped inside a name; `%` is what escapes. */
const MARKS = /[%;=|:\s]/gu;

/** Writes what attributes must be: `gpu=A100|V100;rack=r1`, attributes and values in order of their names. */
export function writeConstraint({ constraint }: NodeWishes): string {
  return entries(constraint)
    .map(([key, values]) => `${escaped(key)}=${[...values].sort().map(escaped).join('|')}`)
    .join(';');
}

/** Writes speeds: `gpu=A100:2|V100:1`, in the same order. */
export function writeSpeeds({ speeds }: NodeWishes): string {
  return entries(speeds)
    .map(([key, by]) => {
      const values = entries(by).map(([value, speed]) => `${escaped(value)}:${speed}`);
      return `${escaped(key)}=${values.join('|')}`;
    })
    .join(';');
}

/** Reads what {@link writeConstraint} writes; null where the text is something else. */
export function readConstraint(text: string): NodeWishes['constraint'] | null {
  return readParts(text, (values) => {
    const read = values.split('|').map(plain);
    return read.includes(null) ? null : (read as string[]);
  });
}

/** Reads what {@link writeSpeeds} writes; null where the text is something else. */
export function readSpeeds(text: string): NodeWishes['speeds'] | null {
  return readParts(text, (values) => {
    const by: Record<string, number> = {};
    for (const each of values.split('|')) {
      const [name, speed, ...more] = each.split(':');
      const value = plain(name!);
      const number = speed === undefined || speed === '' ? Number.NaN : Number(speed);
      if (value === null || more.length > 0 || !(number >= 0 && number < Number.POSITIVE_INFINITY)) return null;
      by[value] = number;
    }
    return by;
  });
}

function readParts<T>(text: string, read: (values: string) => T | null): Readonly<Record<string, T>> | null {
  const parts = new Map<string, T>();
  if (text === '') return {};
  for (const part of text.split(';')) {
    const [key, values, ...more] = part.split('=');
    const name = plain(key!);
    const value = values === undefined || more.length > 0 ? null : read(values);
    if (name === null || value === null || parts.has(name)) return null;
    parts.set(name, value);
  }
  return Object.fromEntries(parts);
}

function entries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function escaped(name: string): string {
  return name.replace(MARKS, (mark) => encodeURIComponent(mark));
}

/** Null for a text that is no name: empty, or with an escape that is none. */
function plain(text: string): string | null {
  if (text === '') return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

import { type Fraction, parseFraction, toNumber } from './fraction.ts';

/** A case is not of the form that its driver knows. */
export class CaseError extends Error {
  override readonly name = 'CaseError';
}

/**
 * One object of a case file, which remembers what was read of it.
 *
 * A driver reads what it understands and names what is prose; whatever {@link unread} gives then was not understood,
 * so that a misspelt key or a number nobody looked at fails the case. All readers throw {@link CaseError}.
 */
export class Fields {
  readonly path: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();
  readonly #children = new Map<string, Fields>();

  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new CaseError(`${path || 'the case'}: expected an object, got ${show(value)}`);
    }
    this.#values = value as Readonly<Record<string, unknown>>;
    this.path = path;
  }

  /** Says whether the key is there and not null; a null counts as read. */
  has(key: string): boolean {
    if (!Object.hasOwn(this.#values, key)) return false;
    if (this.#values[key] !== null) return true;
    this.#read.add(key);
    return false;
  }

  get keys(): readonly string[] {
    return Object.keys(this.#values);
  }

  /** The keys that are there and not null, of those that have not been read. */
  get left(): readonly string[] {
    return this.keys.filter((key) => !this.#read.has(key) && this.has(key));
  }

  raw(key: string): unknown {
    if (!this.has(key)) throw new CaseError(`${this.#at(key)} is missing`);
    this.#read.add(key);
    return this.#values[key];
  }

  text(key: string): string {
    const value = this.raw(key);
    return typeof value === 'string' ? value : this.#refuse(key, 'text', value);
  }

  /** A number, written as one. */
  number(key: string): number {
    const value = this.raw(key);
    return typeof value === 'number' && Number.isFinite(value) ? value : this.#refuse(key, 'a number', value);
  }

  /** A number above zero. */
  positive(key: string): number {
    const value = this.number(key);
    return value > 0 ? value : this.#refuse(key, 'a number above zero', value);
  }

  flag(key: string): boolean {
    const value = this.raw(key);
    return typeof value === 'boolean' ? value : this.#refuse(key, 'true or false', value);
  }

  list(key: string): readonly unknown[] {
    const value = this.raw(key);
    return Array.isArray(value) ? value : this.#refuse(key, 'a list', value);
  }

  numbers(key: string): number[] {
    return this.fractions(key).map(toNumber);
  }

  /** A number, or text such as `63/25`. */
  fraction(key: string): Fraction {
    const value = this.raw(key);
    return parseFraction(value) ?? this.#refuse(key, 'a number or a fraction', value);
  }

  fractions(key: string): Fraction[] {
    return this.list(key).map((value) => parseFraction(value) ?? this.#refuse(key, 'numbers or fractions', value));
  }

  texts(key: string): string[] {
    return this.list(key).map((value) => (typeof value === 'string' ? value : this.#refuse(key, 'texts', value)));
  }

  /** An object below this one; what is not read of it is not read of this one either. */
  fields(key: string): Fields {
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const child = new Fields(this.raw(key), this.#at(key));
    this.#children.set(key, child);
    return child;
  }

  /** A list of objects below this one. */
  items(key: string): Fields[] {
    return this.list(key).map((value, i) => {
      const name = `${key}.${i}`;
      const child = this.#children.get(name) ?? new Fields(value, this.#at(name));
      this.#children.set(name, child);
      return child;
    });
  }

  /** Marks keys that hold prose, or what others measured: nothing that a run of ours could give. */
  prose(...keys: readonly string[]): void {
    for (const key of keys) this.#read.add(key);
  }

  /** Paths of all that was not read, here and below. */
  unread(): string[] {
    const here = this.keys.filter((key) => !this.#read.has(key)).map((key) => this.#at(key));
    return [...here, ...[...this.#children.values()].flatMap((child) => child.unread())];
  }

  #at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  #refuse(key: string, expected: string, value: unknown): never {
    throw new CaseError(`${this.#at(key)}: expected ${expected}, got ${show(value)}`);
  }
}

/** A value as short JSON. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

import { ScenarioError } from '../../base/errors.ts';
import type { FrameworkId } from '../../base/ids.ts';
import type { Interner } from '../../base/interner.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Which field tells who submitted, from 0. */
const FIELDS: Readonly<Record<string, number>> = { user: 11, group: 12, queue: 14 };

/** Beyond the numbers that most logs count their users in. */
const SMALL = 4_096;
const UNSEEN = -1;

/** Finds the framework of an SWF job: `user-17`, `group-3`, `queue-2`, `unknown`, or `all` for `framework-by: none`. */
export class SwfFramework {
  /** Where the field stands that tells it, from 0; negative for `none`. */
  readonly field: number;
  readonly #kind: string;
  readonly #frameworks: Interner;
  /** Spares the hot path a string a row. */
  readonly #ids = new Map<number, FrameworkId>();
  /** The same for small numbers; {@link UNSEEN} for one that has not come. */
  readonly #idsOfSmall = new Int32Array(SMALL).fill(UNSEEN);

  /** Throws a ScenarioError where `kind` is not user, group, queue or none. */
  constructor(kind: string, frameworks: Interner) {
    const kinds = [...Object.keys(FIELDS), 'none'];
    if (!kinds.includes(kind)) {
      const suggestion = didYouMean(kind, kinds);
      const message = `got \`${kind}\`; an SWF file has ${kinds.join(', ')}`;
      throw new ScenarioError([{ path: 'framework-by', message, ...(suggestion !== undefined && { suggestion }) }]);
    }
    this.#kind = kind;
    this.field = FIELDS[kind] ?? -1;
    this.#frameworks = frameworks;
  }

  /** Reads on from field number `from`, before which the cursor stands. */
  read(cursor: TokenCursor, from: number): FrameworkId {
    if (this.field < 0) return this.id(-1);
    for (let i = from; i < this.field; i++) if (cursor.advance()) cursor.skip();
    if (!cursor.advance()) return this.id(-1);
    const start = cursor.at;
    const value = cursor.number();
    if (!Number.isNaN(value)) return this.id(value);
    cursor.at = start;
    return this.#frameworks.id(`${this.#kind}-${cursor.text()}`);
  }

  /** Gives the framework of a field's value; what that is, is no matter under `none`. */
  id(value: number): FrameworkId {
    const small = value >= 0 && value < SMALL ? value | 0 : 0;
    const known = this.#idsOfSmall[small]!;
    if (known !== UNSEEN && small === value) return known;
    const id = this.#idOf(value);
    if (small === value) this.#idsOfSmall[small] = id;
    return id;
  }

  #idOf(value: number): FrameworkId {
    const key = value < 0 || this.field < 0 ? -1 : value;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#frameworks.id(this.#nameOf(key));
      this.#ids.set(key, id);
    }
    return id;
  }

  #nameOf(key: number): string {
    if (this.field < 0) return 'all';
    return key < 0 ? 'unknown' : `${this.#kind}-${key}`;
  }
}

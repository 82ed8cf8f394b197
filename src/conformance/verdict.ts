import type { CaseOutcome } from './case-outcome.ts';
import { show } from './fields.ts';
import { parseFraction, toNumber } from './fraction.ts';

/** How near a number must come where the case states nothing else, relative to the larger of it and 1. */
export const CLOSE = 1e-9;

/** Mismatches that a line lists. */
const LISTED = 8;

/** Gathers what was compared in one case. */
export class Verdict {
  readonly #served: string[] = [];
  readonly #declined = new Map<string, string[]>();
  readonly #mismatches: string[] = [];
  #checks = 0;
  #lacks: string | undefined;

  /** Notes that a part of the case is checked. */
  serve(part: string): void {
    this.#served.push(part);
  }

  decline(part: string, reason: string): void {
    this.#declined.set(reason, [...(this.#declined.get(reason) ?? []), part]);
  }

  /** Notes that the case could not be checked to its end, and what it lacks for that. */
  skip(lacks: string): void {
    this.#lacks = lacks;
  }

  fail(mismatch: string): void {
    this.#mismatches.push(mismatch);
  }

  /**
   * Holds a number against one that is written as a number or as text.
   *
   * @param tolerance absolute, for what is written as a number; text such as `63/25` is exact and held to {@link CLOSE}.
   */
  near(what: string, got: number, expected: unknown, tolerance?: number): void {
    this.#checks++;
    const fraction = parseFraction(expected);
    if (fraction === null) {
      this.fail(`${what}: expected ${show(expected)}, which is no number`);
      return;
    }
    const number = toNumber(fraction);
    const close = CLOSE * Math.max(1, Math.abs(number));
    const room = typeof expected === 'string' || tolerance === undefined ? close : tolerance;
    // Written this way round so that NaN fails.
    if (Math.abs(got - number) <= room) return;
    this.fail(`${what}: got ${short(got)}, expected ${typeof expected === 'string' ? expected : short(number)}`);
  }

  /** Holds a value against one that must be the same, as JSON. */
  same(what: string, got: unknown, expected: unknown): void {
    this.#checks++;
    if (JSON.stringify(got) !== JSON.stringify(expected))
      this.fail(`${what}: got ${show(got)}, expected ${show(expected)}`);
  }

  /** Holds lists of numbers against each other, element by element. */
  nearList(what: string, got: readonly number[], expected: readonly unknown[], tolerance?: number): void {
    if (got.length !== expected.length) this.fail(`${what}: got ${got.length} numbers, expected ${expected.length}`);
    for (const [i, value] of expected.entries()) this.near(`${what}.${i}`, got[i] ?? Number.NaN, value, tolerance);
  }

  holds(what: string, held: boolean): void {
    this.check(held, `${what} does not hold`);
  }

  /** Notes a comparison made elsewhere. */
  check(held: boolean, mismatch: string): void {
    this.#checks++;
    if (!held) this.fail(mismatch);
  }

  /** Gives status and detail; a case of which nothing was compared and nothing declined has failed. */
  close(): Pick<CaseOutcome, 'status' | 'detail'> {
    const declined = [...this.#declined].map(([reason, parts]) => `${parts.join(', ')}: ${reason}`).join('; ');
    if (this.#mismatches.length > 0) {
      const more = this.#mismatches.length - LISTED;
      const listed = this.#mismatches.slice(0, LISTED).join('; ');
      return { status: 'failed', detail: more > 0 ? `${listed}; and ${more} more` : listed };
    }
    if (this.#lacks !== undefined) return { status: 'skipped', detail: this.#lacks };
    if (this.#checks > 0) {
      const served = this.#served.join(' ');
      return { status: 'passed', detail: declined === '' ? served : `${served}; declined ${declined}` };
    }
    if (declined !== '') return { status: 'declined', detail: declined };
    return { status: 'failed', detail: 'nothing in this case was checked' };
  }
}

/** Gives a number with the digits that tell it from its neighbours here. */
export function short(value: number): string {
  return String(Number(value.toPrecision(12)));
}

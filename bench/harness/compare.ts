import type { Contest, Figure, Round, Sample } from './contest.ts';

/** A figure over all rounds. */
export interface Outcome {
  readonly figure: Figure;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** What a contest gave. */
export interface Verdict {
  readonly contest: Contest;
  readonly outcomes: readonly Outcome[];
  readonly rounds: readonly Round[];
  /** Answers that differ; there are no outcomes then. */
  readonly disagreement: string | null;
}

/** Parts in 10^9 that answers may differ by: sums of the same numbers in another order. */
const TOLERANCE = 1e-9;

/** Runs every side once a round, in turns that change direction, and works the figures out of same-round samples. */
export async function compare(contest: Contest, wanted: number): Promise<Verdict> {
  const { least = 1, most = Number.POSITIVE_INFINITY } = contest.rounds ?? {};
  const count = Math.min(Math.max(wanted, least), most);
  const rounds: Round[] = [];
  for (let i = 0; i < count; i++) {
    const samples: [string, Sample][] = [];
    for (const side of i % 2 === 0 ? contest.sides : contest.sides.toReversed()) {
      samples.push([side.name, await side.run()]);
    }
    const round = Object.fromEntries(samples);
    const disagreement = findDisagreement(round);
    if (disagreement !== null) return { contest, outcomes: [], rounds: [], disagreement };
    rounds.push(round);
  }
  const named = new Set(contest.sides.map(({ name }) => name));
  const outcomes = contest.figures
    .filter(({ needs }) => needs.every((name) => named.has(name)))
    .map((figure) => ({ figure, ...spread(rounds.map((round) => figure.of(round))) }));
  return { contest, outcomes, rounds, disagreement: null };
}

/** Says which answer two sides do not agree on, or null. */
export function findDisagreement(round: Round): string | null {
  const first = new Map<string, { side: string; value: number }>();
  for (const [side, { answer = {} }] of Object.entries(round)) {
    for (const [name, value] of Object.entries(answer)) {
      const other = first.get(name);
      if (other === undefined) first.set(name, { side, value });
      else if (!agree(other.value, value)) return `${name}: ${other.side} ${other.value}, ${side} ${value}`;
    }
  }
  return null;
}

function agree(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** Gives the median, of an even number the mean of the middle two, and the range. */
export function spread(values: readonly number[]): { median: number; least: number; most: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/** Says how a median stands to its bounds: `aim`, `must`, `missed`, or nothing where there is no bound. */
export function standing({ figure, median }: Outcome): 'aim' | 'must' | 'missed' | '' {
  const meets = (bound: number) => (figure.better === 'less' ? median <= bound : median >= bound);
  if (figure.aim !== undefined && meets(figure.aim)) return 'aim';
  if (figure.must === undefined) return '';
  return meets(figure.must) ? 'must' : 'missed';
}

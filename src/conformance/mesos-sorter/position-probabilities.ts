import { RandomSorter } from '../../allocators/mesos/sorters/random-sorter.ts';
import { weightedShuffle } from '../../allocators/mesos/sorters/weighted-shuffle.ts';
import { openStream, type Random } from '../../base/random.ts';
import { CaseError, type Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';

/** Draws for probabilities that a case states exactly, to four decimals. */
const DRAWS = 200_000;

/** Standard errors that a frequency may lie from an exact probability. */
const ERRORS = 5;

/** Where something is drawn: who may come, their relative weights, and one draw of an order by numbers. */
interface Lottery {
  readonly names: readonly string[];
  readonly weights: readonly number[];
  draw(): readonly number[];
}

/**
 * Holds how often each comes at each place against probabilities: as many draws as the case states within its own
 * tolerance, and against exact ones more draws within 5 standard errors, and by counting out all orders.
 */
export function positionProbabilities(one: Fields, verdict: Verdict): void {
  const lottery = one.has('items') ? shuffleOf(one) : sorterOf(one);
  const rows = one.has('rows') ? one.texts('rows') : lottery.names;
  if (one.has('relativeLeafWeights')) compareWeights(lottery, one.fields('relativeLeafWeights'), verdict);
  const expected = readMatrix(one, 'expectedPositionProbabilities', rows);
  const tolerance = one.number('absoluteTolerance');
  const seen = frequencies(lottery, one.positive('runs'));
  each(rows, lottery, (row, i, place) => {
    verdict.near(`${row} at ${place}`, seen[i]![place]!, expected[rows.indexOf(row)]![place], tolerance);
  });
  verdict.serve('frequencies');
  if (one.has('exactPositionProbabilities')) compareExact(lottery, rows, one, verdict);
}

function compareExact(lottery: Lottery, rows: readonly string[], one: Fields, verdict: Verdict): void {
  const exact = readMatrix(one, 'exactPositionProbabilities', rows);
  const counted = countOut(lottery.weights);
  const often = frequencies(lottery, DRAWS);
  each(rows, lottery, (row, i, place) => {
    const p = counted[i]![place]!;
    verdict.near(`${row} at ${place}, exactly`, p, exact[rows.indexOf(row)]![place], 0.00005000001);
    verdict.near(`${row} at ${place}, often`, often[i]![place]!, p, ERRORS * Math.sqrt((p * (1 - p)) / DRAWS));
  });
  verdict.serve('exact');
}

function shuffleOf(one: Fields): Lottery {
  const weights = one.numbers('weights');
  const random = streamOf(one);
  return { names: one.texts('items'), weights, draw: () => weightedShuffle(weights, random) };
}

function sorterOf(one: Fields): Lottery {
  const sorter = new RandomSorter<string>(streamOf(one));
  const names = one.texts('clients');
  const weights = one.has('weights') ? one.fields('weights') : null;
  for (const path of weights?.keys ?? []) sorter.setWeight(path, weights!.positive(path));
  for (const name of names) sorter.activate(sorter.add(name, name));
  const relative = new Map(sorter.relativeWeights().map(({ client, weight }) => [client.payload, weight]));
  return {
    names,
    weights: names.map((name) => relative.get(name)!),
    draw: () => sorter.sort().map(({ payload }) => names.indexOf(payload)),
  };
}

function streamOf(one: Fields): Random {
  return openStream('conformance', one.text('id'));
}

function compareWeights({ names, weights }: Lottery, expected: Fields, verdict: Verdict): void {
  verdict.same('leaves', [...expected.keys].sort(), [...names].sort());
  for (const name of expected.keys)
    verdict.near(`weight of ${name}`, weights[names.indexOf(name)] ?? Number.NaN, expected.raw(name));
}

function readMatrix(one: Fields, key: string, rows: readonly string[]): number[][] {
  const matrix = one.list(key).map((row) => {
    if (!Array.isArray(row) || row.length !== rows.length || row.some((p) => typeof p !== 'number'))
      throw new CaseError(`${key}: expected ${rows.length} numbers a row`);
    return row as number[];
  });
  if (matrix.length !== rows.length) throw new CaseError(`${key}: expected ${rows.length} rows`);
  return matrix;
}

function each(rows: readonly string[], { names }: Lottery, visit: (row: string, i: number, place: number) => void) {
  for (const row of rows) {
    const i = names.indexOf(row);
    if (i < 0) throw new CaseError(`rows: ${row} is none of those that are drawn`);
    for (let place = 0; place < names.length; place++) visit(row, i, place);
  }
}

function frequencies({ names, draw }: Lottery, draws: number): number[][] {
  const counts = names.map(() => names.map(() => 0));
  for (let i = 0; i < draws; i++) for (const [place, who] of draw().entries()) counts[who]![place]!++;
  return counts.map((row) => row.map((count) => count / draws));
}

/** Gives the probabilities by following every order: next is each by its weight among those left. */
function countOut(weights: readonly number[]): number[][] {
  const sums = weights.map(() => weights.map(() => 0));
  const follow = (left: readonly number[], place: number, probability: number): void => {
    const sum = left.reduce((total, i) => total + weights[i]!, 0);
    for (const i of left) {
      const here = (probability * weights[i]!) / sum;
      sums[i]![place]! += here;
      follow(
        left.filter((other) => other !== i),
        place + 1,
        here,
      );
    }
  };
  follow([...weights.keys()], 0, 1);
  return sums;
}

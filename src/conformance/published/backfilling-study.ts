import type { ByteSource } from '../../base/byte-source.ts';
import { whyPolicyDeclined } from '../declined.ts';
import { CaseError, type Fields } from '../fields.ts';
import { compareFigures, comparePrinted } from '../logs/figures.ts';
import { findByContent, findByName } from '../logs/find-log.ts';
import { keptRows } from '../logs/kept-rows.ts';
import { openLog } from '../logs/open-log.ts';
import { type LogResult, policyOf, runLog } from '../logs/run-log.ts';
import type { Conventions } from '../node-run.ts';
import type { Chosen } from '../schedules/policies.ts';
import type { TraceFolder } from '../trace-folder.ts';
import type { Verdict } from '../verdict.ts';

const ID = /^(.+?)-easy(?:-|$)/;
const PARSING =
  'fields 1 id,2 submit,4 run,5 alloc,8 req,9 estimate; drop alloc>P or req>P; req/alloc fill each other, drop if both <=0; ' +
  'drop run<=0 or estimate<=0; if estimate<run then run:=estimate; drop submit<0';
/** The first and the last field that the rule of parsing looks at. */
const FIELDS = 9;

const CELL = /^EASY(-SJBF)? (?:\(user estimates\)|(exact) runtimes)$/;

/** What the file calls our conventions. */
const ORDERS: Readonly<Record<string, Conventions>> = {
  'sub-first, one pass per event': 'pyss',
  'term-first, one pass per instant': 'canonical',
};
const PUBLISHED_ORDER = 'sub-first, one pass per event';
const CONVENTION = /^sub-first: /;

/** EASY on a whole log, with the users' estimates and with exact ones, as a study of backfilling printed it. */
export async function backfillingStudy(one: Fields, verdict: Verdict, traces: TraceFolder): Promise<void> {
  if (one.text('parsing') !== PARSING) throw new CaseError('unknown rule of parsing');
  if (!CONVENTION.test(one.text('convention'))) throw new CaseError('unknown convention');
  const published = one.fields('published');
  const policies = new Map(published.keys.map((cell) => [cell, policyOfCell(cell)]));
  const study = await Study.open(one, policies, verdict, traces);
  const mine = one.has('mine') ? one.fields('mine') : null;
  for (const cell of policies.keys()) {
    const result = await study.result(PUBLISHED_ORDER, cell);
    if (result === null) {
      published.prose(cell);
      mine?.prose(cell);
      continue;
    }
    compareFigures(cell, result, published.fields(cell), verdict);
    if (mine?.has(cell)) comparePrinted(`mine ${cell}`, slowdownOf(result), mine.number(cell), verdict);
    verdict.serve(cell);
  }
  if (one.has('eventOrderSensitivity')) await compareOrders(one.fields('eventOrderSensitivity'), study, verdict);
}

/** The mean bounded slowdown of each cell, in their order, where events of one instant are handled otherwise. */
async function compareOrders(orders: Fields, study: Study, verdict: Verdict): Promise<void> {
  for (const key of orders.keys) {
    const order = key.replace(/ \(.*\)$/, '');
    const expected = orders.numbers(key);
    verdict.same(`${order}: cells`, expected.length, study.policies.size);
    for (const [i, cell] of [...study.policies.keys()].entries()) {
      const result = await study.result(order, cell);
      if (result === null) continue;
      comparePrinted(`${order}: ${cell}`, slowdownOf(result), expected[i] ?? Number.NaN, verdict);
      if (order !== PUBLISHED_ORDER && i === 0) verdict.serve(order);
    }
  }
}

/** Replays one log under each order of events and policy, once. */
class Study {
  readonly policies: ReadonlyMap<string, Chosen>;
  readonly #open: () => ByteSource;
  readonly #processors: number;
  readonly #jobs: number;
  readonly #verdict: Verdict;
  readonly #results = new Map<string, LogResult | null>();

  private constructor(open: () => ByteSource, log: Fields, policies: ReadonlyMap<string, Chosen>, verdict: Verdict) {
    this.#open = open;
    this.#processors = log.positive('processors');
    this.#jobs = log.number('jobs');
    this.policies = policies;
    this.#verdict = verdict;
  }

  /** Finds the log by what is in it; a copy with another header has another SHA-256, and is found by its name. */
  static async open(
    one: Fields,
    policies: ReadonlyMap<string, Chosen>,
    verdict: Verdict,
    traces: TraceFolder,
  ): Promise<Study> {
    const name = ID.exec(one.text('id'))?.[1];
    if (name === undefined) throw new CaseError('no log in this id');
    const log = one.fields('log');
    log.prose('bytes');
    const file = (await findByContent(log.text('sha256'), traces)) ?? findByName(name, traces);
    return new Study(() => traces.open(file), log, policies, verdict);
  }

  /** Gives the replay of a cell, or null where it is declined. */
  async result(order: string, cell: string): Promise<LogResult | null> {
    const part = `${order}: ${cell}`;
    const known = this.#results.get(part);
    if (known !== undefined) return known;
    const reason = whyPolicyDeclined('published', part);
    if (reason !== null) this.#verdict.decline(part, reason);
    const result = reason === null ? await this.#replay(order, cell) : null;
    this.#results.set(part, result);
    return result;
  }

  async #replay(order: string, cell: string): Promise<LogResult> {
    if (!Object.hasOwn(ORDERS, order)) throw new CaseError(`unknown order of events \`${order}\``);
    const processors = this.#processors;
    const log = openLog(parsed(this.#open(), processors), processors, {
      zeroRunTime: 'skip',
      pastEstimate: 'kill',
      origin: 'zero',
    });
    const result = await runLog(log, this.policies.get(cell)!, ORDERS[order]);
    this.#verdict.same(`${order}: ${cell}: jobs`, result.counts.jobs.completed, this.#jobs);
    return result;
  }
}

/** What the rule of parsing leaves out and our reader would take. */
function parsed(log: ByteSource, processors: number): ByteSource {
  return keptRows(log, FIELDS, ([, , , , allocated, , , requested, estimate]) => {
    return allocated! <= processors && requested! <= processors && estimate! > 0;
  });
}

function policyOfCell(name: string): Chosen {
  const match = CELL.exec(name);
  if (match === null) throw new CaseError(`unknown policy \`${name}\``);
  const [, shortest, exact] = match;
  const { allocator, options } = policyOf(shortest ? 'easy-sjbf' : 'easy');
  return { allocator, options: { ...options, estimates: exact ? 'exact' : 'requested' } };
}

function slowdownOf({ metrics }: LogResult): number {
  return metrics['bounded-slowdown.mean'] ?? Number.NaN;
}

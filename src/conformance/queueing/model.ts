import type { Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import type { Answer, Expectations } from './expectations.ts';
import type { Gauges } from './gauges.ts';
import type { Sample } from './sample.ts';

/** A case of one model of queueing theory, while it is served. */
export interface Question {
  readonly id: string;
  readonly params: Fields;
  readonly expectations: Expectations;
  readonly verdict: Verdict;
}

/** What a model's file exports: it measures what is expected in simulations of its own. */
export interface Model {
  /** Ids of the cases it serves. */
  readonly id: RegExp;
  answer(question: Question): Promise<ReadonlyMap<string, Answer>>;
}

/** Gives means that every station has, under the names of the files. */
export function means(gauges: Gauges, servers: number): Record<string, Answer> {
  const busy = gauges.mean(gauges.busy);
  return {
    rho: { value: busy.value / servers, error: busy.error / servers },
    L: gauges.mean(gauges.inSystem),
    W: gauges.mean(gauges.response),
    Wq: gauges.mean(gauges.wait),
    Lq: gauges.mean(gauges.queue),
    P0: gauges.mean(gauges.idle),
  };
}

const QUANTILE = /^p(\d+)(T|Wq)$/;

export function wantsQuantiles({ names }: Expectations): boolean {
  return names.some((name) => QUANTILE.test(name));
}

/** Gives each quantile that is expected, such as `p95T` (response) or `p99Wq` (wait). */
export function quantiles({ names }: Expectations, gauges: Gauges): Record<string, Answer> {
  const samples: Readonly<Record<string, Sample>> = { T: gauges.responses, Wq: gauges.waits };
  const answers: Record<string, Answer> = {};
  for (const name of names) {
    const match = QUANTILE.exec(name);
    if (match !== null) answers[name] = samples[match[2]!]!.quantile(Number(match[1]) / 100, gauges.controls);
  }
  return answers;
}

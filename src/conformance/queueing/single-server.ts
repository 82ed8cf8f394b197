import type { Fields } from '../fields.ts';
import { CaseError } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import type { Answer, Expectations } from './expectations.ts';
import type { Gauges } from './gauges.ts';
import { exponential, type Law, readLaw } from './laws.ts';
import { measure } from './measure.ts';
import { runQueue } from './queue-run.ts';
import type { Sample } from './sample.ts';

/** Reads `p95T` or `p99Wq` for each quantile that is expected. */
export function quantiles(names: readonly string[], gauges: Gauges): Record<string, Answer> {
  const samples: Readonly<Record<string, Sample>> = { T: gauges.responses, Wq: gauges.waits };
  const answers: Record<string, Answer> = {};
  for (const name of names) {
    const match = /^p(\d+)(T|Wq)$/.exec(name);
    if (match !== null) answers[name] = samples[match[2]!]!.quantile(Number(match[1]) / 100);
  }
  return answers;
}

/** Means that every station has, under the names of the files. */
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

export function wantsQuantiles(expectations: Expectations): boolean {
  return expectations.names.some((name) => /^p\d+(T|Wq)$/.test(name));
}

/** M/M/1, first come first served; the error of the mean wait is the analytic one where the case gives it. */
export async function mm1(one: Fields, _verdict: Verdict, expectations: Expectations): Promise<Map<string, Answer>> {
  const params = one.fields('params');
  const [rate, mu] = [params.number('lam'), params.number('mu')];
  if (params.has('servers') && params.number('servers') !== 1) throw new CaseError('M/M/1 has one server');
  const rho = rate / mu;
  const spread = 1 - rho;
  const variance = (rho * (2 + 5 * rho - 4 * rho * rho + rho * rho * rho)) / (spread * spread * spread * spread) / (mu * mu);
  return measure(expectations, async (jobs) => {
    const gauges = await runQueue(
      {
        servers: 1,
        allocator: 'fifo',
        streams: [{ rate, service: exponential(1 / mu).distribution }],
        gauges: { quantiles: wantsQuantiles(expectations) },
      },
      jobs,
    );
    const answers = { ...means(gauges, 1), ...quantiles(expectations.names, gauges), asymVarWq: variance };
    if (!expectations.names.includes('asymVarWq')) return answers;
    return {
      ...answers,
      Wq: { value: gauges.wait.estimate().value, error: Math.sqrt(variance / gauges.wait.weight) },
    };
  });
}

/** M/G/1, first come first served. */
export async function mg1(one: Fields, verdict: Verdict, expectations: Expectations): Promise<Map<string, Answer>> {
  const params = one.fields('params');
  const rate = params.number('lam');
  const law = readLaw(params, 'dist');
  if (params.has('ES')) verdict.near('params.ES', law.mean, params.number('ES'));
  if (params.has('ES2')) verdict.near('params.ES2', law.secondMoment, params.number('ES2'));
  return measure(expectations, async (jobs) => {
    const gauges = await fifoStation(rate, law, jobs, expectations);
    return {
      ...means(gauges, 1),
      ...quantiles(expectations.names, gauges),
      C2: law.secondMoment / (law.mean * law.mean) - 1,
    };
  });
}

function fifoStation(rate: number, law: Law, jobs: number, expectations: Expectations): Promise<Gauges> {
  // Without scatter in the service times there is nothing to adjust by.
  const scatters = law.secondMoment > law.mean * law.mean;
  return runQueue(
    {
      servers: 1,
      allocator: 'fifo',
      streams: [{ rate, service: law.distribution }],
      gauges: { quantiles: wantsQuantiles(expectations), ...(scatters && { secondMoment: law.secondMoment }) },
    },
    jobs,
  );
}

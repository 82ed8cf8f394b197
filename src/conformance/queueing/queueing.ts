import { type CaseForm, openCases } from '../case-form.ts';
import { CaseError, type Fields } from '../fields.ts';
import type { Verdict } from '../verdict.ts';
import { Expectations, PRECISION } from './expectations.ts';
import type { Model } from './model.ts';
import { batchArrivals } from './models/batch-arrivals.ts';
import { disciplines } from './models/disciplines.ts';
import { gim1 } from './models/gim1.ts';
import { infiniteServers } from './models/infinite-servers.ts';
import { insensitive } from './models/insensitive.ts';
import { kingman } from './models/kingman.ts';
import { mg1 } from './models/mg1.ts';
import { mm1 } from './models/mm1.ts';
import { mmc } from './models/mmc.ts';
import { pooling } from './models/pooling.ts';
import { priority } from './models/priority.ts';
import { saturated } from './models/saturated.ts';

const MODELS: readonly Model[] = [
  mm1,
  mmc,
  mg1,
  gim1,
  disciplines,
  priority,
  batchArrivals,
  saturated,
  infiniteServers,
  pooling,
  insensitive,
  kingman,
];

/** Analytic results of queueing theory, each held against simulations within their confidence. */
export const queueing: CaseForm = {
  base: 'queueing',
  open: (document, { long }) =>
    openCases(document, 'cases', (one, verdict) => check(one, verdict, long ? PRECISION.long : PRECISION.bounded)),
};

async function check(one: Fields, verdict: Verdict, precision: number): Promise<void> {
  // What others simulated says nothing of our runs.
  one.prose('title', 'formula', 'source', 'howToTest', 'independentCheck', 'note');
  const id = one.text('id');
  const model = MODELS.find((each) => each.id.test(id));
  if (model === undefined) throw new CaseError('no model of this id is known');
  const expectations = new Expectations(one, precision, verdict);
  expectations.compare(await model.answer({ id, params: one.fields('params'), expectations, verdict }));
}

import { isMetricName } from '../../allocators/mesos/allocator-metrics.ts';
import type { Offer } from '../../allocators/mesos/offer.ts';
import { type Bundle, NOTHING, plus } from '../../allocators/mesos/resources/bundle.ts';
import { toSeconds } from '../../base/time.ts';
import { CaseError, Fields, show } from '../fields.ts';
import { readResources } from '../mesos-resources.ts';
import type { AllocatorWorld } from './allocator-world.ts';
import { canonical } from './canonical.ts';
import type { StepContext, Steps } from './step.ts';

/** Everything that a case may expect. */
export const expectations: Steps = {
  expectOffers({ step, world, verdict, at }) {
    const expected = readOffers(step.list('offers'), `${step.path}.offers`, world);
    verdict.same(at, texts(world.takeOffers(), world, step), texts(expected, world, step));
  },
  expectNoOffers({ step, world, verdict, at }) {
    verdict.same(at, texts(world.takeOffers(), world, step), []);
  },
  expectOfferCount({ step, world, verdict, at }) {
    const framework = step.has('framework') ? step.text('framework') : null;
    const offers = world.takeOffers().filter((offer) => framework === null || offer.framework === framework);
    verdict.same(at, offers.length, step.number(step.has('count') ? 'count' : 'value'));
  },
  expectOffersOneOf({ step, world, verdict, at }) {
    const got = texts(world.takeOffers(), world, step);
    const alternatives = step.list('alternatives').map((list, i) => {
      if (!Array.isArray(list)) throw new CaseError(`${step.path}.alternatives.${i}: expected a list of offers`);
      return texts(readOffers(list, `${step.path}.alternatives.${i}`, world), world, step);
    });
    const isOne = alternatives.some((each) => JSON.stringify(each) === JSON.stringify(got));
    verdict.check(isOne, `${at}: got ${show(got)}, which is none of the alternatives`);
  },
  expectOfferSummary(context) {
    const { step, world, verdict, at } = context;
    const offers = world.takeOffers();
    const expected = step.fields('perFramework');
    const others = offers.filter(({ framework }) => !expected.keys.includes(framework));
    verdict.same(`${at}: frameworks that are not named`, texts(others, world, step), []);
    for (const framework of expected.keys) {
      const own = offers.filter((offer) => offer.framework === framework);
      compareSummary(context, `${at} ${framework}`, own, expected.fields(framework));
    }
  },
  expectInverseOffers({ step, world, verdict, at }) {
    const items = step.items('offers');
    const withStart = items.some((one) => one.has('startSec'));
    const got = world
      .takeInverseOffers()
      .map(({ framework, node, unavailability }) =>
        [framework, node, ...(withStart ? [toSeconds(unavailability.start)] : [])].join(' '),
      );
    const expected = items.map((one) =>
      [one.text('framework'), one.text('agent'), ...(withStart ? [one.number('startSec')] : [])].join(' '),
    );
    verdict.same(at, got.sort(), expected.sort());
  },
  expectMetrics({ step, world, verdict, at }) {
    world.clock.settle();
    const metrics = step.fields('metrics');
    for (const name of metrics.keys) {
      if (!isMetricName(name)) throw new CaseError(`${at}: there is no metric \`${name}\``);
      const got = world.allocator.metric(name, world.clock.pending);
      if (!metrics.has(name) || got === null)
        verdict.same(`${at} ${name}`, got, metrics.has(name) ? metrics.raw(name) : null);
      else verdict.near(`${at} ${name}`, got, metrics.raw(name));
    }
  },
  repeatOfferThenRecover: (context) => repeat(context),
  repeatOfferThenDecline: (context) => repeat(context),
};

/** Takes all offers, gives them back and moves on, again and again; then holds how often each framework was offered. */
function repeat({ step, world, verdict, at }: StepContext): void {
  const counts = new Map<string, number>();
  const refuse = step.has('refuseSeconds') ? step.number('refuseSeconds') : null;
  const expected = step.has('resources') ? read(step.raw('resources'), `${step.path}.resources`, world) : null;
  for (let i = 0; i < step.positive('times'); i++) {
    for (const offer of world.takeOffers()) {
      counts.set(offer.framework, (counts.get(offer.framework) ?? 0) + 1);
      if (step.has('agent')) verdict.same(`${at} agent`, offer.node, step.text('agent'));
      if (expected !== null) {
        const [got, wanted] = [offer.resources, expected].map((each) => text(each, world, step));
        verdict.same(`${at} resources`, got, wanted);
      }
      world.giveBack(offer, refuse);
    }
    world.clock.settle();
    world.clock.advance(1_000_000 * step.number('advanceSeconds'));
  }
  // What somebody saw, not what must be.
  step.prose('observedCounts');
  for (const key of ['expectCounts', 'expectCountsEach']) {
    if (!step.has(key)) continue;
    const each = step.fields(key);
    for (const name of each.keys) verdict.same(`${at} ${name}`, counts.get(name) ?? 0, each.number(name));
  }
  if (step.has('expectNever'))
    for (const name of step.texts('expectNever')) verdict.same(`${at} ${name}`, counts.get(name) ?? 0, 0);
  if (step.has('expectSome'))
    for (const name of step.texts('expectSome')) verdict.holds(`${at} ${name} is offered something`, counts.has(name));
}

/**
 * Holds what a framework was offered: a number is that of its nodes (of its offers, under a key that names offers), a
 * list of names is its nodes, and resources are the sum.
 */
function compareSummary(
  { step, world, verdict }: StepContext,
  at: string,
  own: readonly Offer[],
  expected: Fields,
): void {
  const nodes = [...new Set(own.map(({ node }) => node))].sort();
  for (const key of expected.keys) {
    const value = expected.raw(key);
    if (typeof value === 'number') verdict.same(`${at} ${key}`, /offers/i.test(key) ? own.length : nodes.length, value);
    else if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
      verdict.same(`${at} ${key}`, nodes, [...value].sort());
    else {
      const sum = own.map(({ resources }) => resources).reduce(plus, NOTHING);
      const wanted = read(value, `${expected.path}.${key}`, world);
      verdict.same(`${at} ${key}`, text(sum, world, step), text(wanted, world, step));
    }
  }
}

function readOffers(list: readonly unknown[], path: string, world: AllocatorWorld): Offer[] {
  return list.map((value, i) => {
    const one = new Fields(value, `${path}.${i}`);
    const offer = {
      framework: one.text('framework'),
      role: one.text('role'),
      node: one.text('agent'),
      resources: read(one.raw('resources'), `${one.path}.resources`, world),
    };
    const unread = one.unread();
    if (unread.length > 0) throw new CaseError(`\`${unread[0]}\` was not understood`);
    return offer;
  });
}

function read(value: unknown, path: string, world: AllocatorWorld): Bundle {
  return readResources(value, path, world.allocator.catalog);
}

function texts(offers: readonly Offer[], world: AllocatorWorld, step: Fields): string[] {
  return offers
    .map(({ framework, role, node, resources }) => `${framework} ${role} ${node} ${text(resources, world, step)}`)
    .sort();
}

function text(resources: Bundle, world: AllocatorWorld, step: Fields): string {
  return canonical(resources, world.allocator.catalog, saysReservationType(step));
}

/** Says whether the step tells static from dynamic reservations; if not, they are alike. */
function saysReservationType(step: Fields): boolean {
  return step.keys.some((key) => step.has(key) && JSON.stringify(step.raw(key)).includes('"reservation":'));
}

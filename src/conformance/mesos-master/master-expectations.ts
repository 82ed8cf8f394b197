import { isMetricName } from '../../allocators/mesos/allocator-metrics.ts';
import type { Offer } from '../../allocators/mesos/schedulers/framework-scheduler.ts';
import { CaseError } from '../fields.ts';
import { stateName } from './master-actions.ts';
import { readMasterMetric } from './master-metrics.ts';
import type { MasterLooks, MasterStepContext } from './master-step.ts';

/** Everything that a case of the master may expect. */
export const masterExpectations: MasterLooks = {
  expectOffer(context) {
    const { step, world, verdict, at } = context;
    const framework = world.framework(step.text('framework'));
    const wanted = step.has('resources') ? amountsOf(context) : null;
    const node = step.has('agent') ? world.node(step.text('agent')) : null;
    const found = framework.unseen.find(
      (offer) => (node === null || offer.node === node) && (wanted === null || isSame(offer.amounts, wanted)),
    );
    const got = framework.unseen.map((offer) => textOf(offer, context)).join(', ') || 'none';
    verdict.check(found !== undefined, `${at}: no such offer since the last look; there is ${got}`);
    framework.unseen = framework.unseen.filter((offer) => offer !== found);
  },
  expectOfferCount(context) {
    const { verdict, at, step } = context;
    verdict.same(at, take(context).length, step.number(step.has('count') ? 'count' : 'value'));
  },
  expectNoOffers(context) {
    const { verdict, at } = context;
    const texts = take(context).map((offer) => textOf(offer, context));
    verdict.same(at, texts, []);
  },
  expectOfferSum(context) {
    const { verdict, at } = context;
    const sum = new Float64Array(context.world.plan.resources.length);
    for (const { amounts } of take(context)) for (let r = 0; r < sum.length; r++) sum[r] = sum[r]! + amounts[r]!;
    verdict.same(at, [...sum], [...amountsOf(context)]);
  },
  expectRescinded({ step, world, verdict, at }) {
    const framework = world.framework(step.text('framework'));
    const node = step.has('agent') ? world.node(step.text('agent')) : null;
    const found = framework.rescinded.filter((offer) => node === null || offer.node === node);
    framework.rescinded = framework.rescinded.filter((offer) => !found.includes(offer));
    const wanted = step.has('value') ? step.number('value') : step.has('count') ? step.number('count') : null;
    if (wanted === null) verdict.check(found.length > 0, `${at}: nothing was rescinded`);
    else verdict.same(at, found.length, wanted);
  },
  expectTaskState(context) {
    const { step, world, verdict, at } = context;
    verdict.same(`${at} ${step.text('task')}`, world.stateOf(step.text('task')), stateName(step));
  },
  expectTaskStates(context) {
    const { step, world, verdict, at } = context;
    for (const key of step.keys.filter((each) => each !== 'op' && each !== 'note' && each !== 'comment')) {
      const ids = tasksMeant(key, context);
      if (ids.length === 0) throw new CaseError(`${at}: \`${key}\` is no task, and none is of such a framework`);
      for (const id of ids) verdict.same(`${at} ${id}`, world.stateOf(id), stateName(step, key));
    }
  },
  expectMetrics({ step, world, verdict, at }) {
    const metrics = step.fields('metrics');
    for (const name of metrics.keys) {
      const below = name.replace(/^allocator\/mesos\//, '');
      const isOfAllocator = isMetricName(below) && name !== below;
      const got = isOfAllocator ? world.hierarchy.metric(below) : readMasterMetric(name, world);
      if (got === undefined) throw new CaseError(`${at}: there is no metric \`${name}\``);
      if (!metrics.has(name) || got === null)
        verdict.same(`${at} ${name}`, got, metrics.has(name) ? metrics.raw(name) : null);
      else verdict.near(`${at} ${name}`, got, metrics.raw(name));
    }
  },
};

/** Offers since the last look, of one framework or all, on one agent or all. */
function take({ step, world }: MasterStepContext): Offer[] {
  const node = step.has('agent') ? world.node(step.text('agent')) : null;
  const looked = step.has('framework') ? [world.framework(step.text('framework'))] : [...world.frameworks.values()];
  return looked.flatMap((framework) => {
    const taken = framework.unseen.filter((offer) => node === null || offer.node === node);
    framework.unseen = framework.unseen.filter((offer) => !taken.includes(offer));
    return taken;
  });
}

/** A task by its id; or all that were launched by frameworks of a kind. */
function tasksMeant(key: string, { world }: MasterStepContext): string[] {
  const { tasks, frameworks } = world.plan;
  const isMeant: Readonly<Record<string, (framework: string) => boolean>> = {
    partitionAware: (name) => world.isAware(name),
    notPartitionAware: (name) => !world.isAware(name),
    checkpointing: (name) => frameworks.get(name)?.settings.checkpoint === true,
    notCheckpointing: (name) => frameworks.get(name)?.settings.checkpoint !== true,
  };
  const kind = Object.hasOwn(isMeant, key) ? isMeant[key] : undefined;
  if (kind === undefined) return tasks.has(key) ? [key] : [];
  return [...tasks].filter(([id, { framework }]) => world.states.has(id) && kind(framework)).map(([id]) => id);
}

function amountsOf({ step, world }: MasterStepContext): Float64Array {
  return world.plan.steps(step.raw('resources'), `${step.path}.resources`);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.every((amount, r) => amount === b[r]);
}

function textOf(offer: Offer, { world }: MasterStepContext): string {
  const amounts = world.plan.resources.map(({ name, scale }, r) => `${name}:${offer.amounts[r]! / scale}`);
  return `${world.cluster.nodeName(offer.node)} ${amounts.join(' ')}`;
}

import type { NodeUse } from '../../allocators/mesos/descriptions.ts';
import { ALL_NODE_CAPABILITIES, type NodeCapability, type Unavailability } from '../../allocators/mesos/node-state.ts';
import { refusalOf } from '../../allocators/mesos/offer-filters.ts';
import type { Bundle } from '../../allocators/mesos/resources/bundle.ts';
import type { Amounts } from '../../allocators/mesos/resources/resource-catalog.ts';
import type { FrameworkCapability } from '../../allocators/mesos/subscription.ts';
import { fromSeconds } from '../../base/time.ts';
import { CaseError, Fields } from '../fields.ts';
import { readAmounts, readResources } from '../mesos-resources.ts';
import type { StepContext, Steps } from './step.ts';

/** Everything that a case may do. */
export const actions: Steps = {
  addAgent(context) {
    const { step, world } = context;
    world.allocator.addNode({
      name: step.text('agent'),
      total: resources(context, 'total'),
      used: step.has('used') ? readUse(context, 'used') : [],
      ...(step.has('hostname') && { hostname: step.text('hostname') }),
      ...nodeTraits(step),
      ...(step.has('unavailabilityStartSec') && {
        unavailability: { start: fromSeconds(step.number('unavailabilityStartSec')) },
      }),
    });
  },
  removeAgent: ({ step, world }) => world.allocator.removeNode(step.text('agent')),
  updateAgent(context) {
    const { step, world } = context;
    world.allocator.updateNode(step.text('agent'), {
      ...(step.has('total') && { total: resources(context, 'total') }),
      ...nodeTraits(step),
    });
  },
  addResourceProvider(context) {
    const { step, world } = context;
    const used = step.has('used') ? readUse(context, 'used') : [];
    world.allocator.addResourceProvider(step.text('agent'), resources(context, 'total'), used);
  },
  activateAgent: ({ step, world }) => world.allocator.activateNode(step.text('agent')),
  deactivateAgent: ({ step, world }) => world.allocator.deactivateNode(step.text('agent')),
  addFramework({ step, world }) {
    world.allocator.addFramework({
      name: step.text('framework'),
      roles: step.texts('roles'),
      ...frameworkTraits(step),
      ...(step.has('active') && { isActive: step.flag('active') }),
    });
  },
  removeFramework: ({ step, world }) => world.allocator.removeFramework(step.text('framework')),
  activateFramework: ({ step, world }) => world.allocator.activateFramework(step.text('framework')),
  deactivateFramework: ({ step, world }) => world.allocator.deactivateFramework(step.text('framework')),
  updateFramework({ step, world }) {
    world.allocator.updateFramework(step.text('framework'), {
      ...(step.has('roles') && { roles: step.texts('roles') }),
      // What is not said anew is as if it had never been said.
      minAllocatable: {},
      ...frameworkTraits(step),
    });
  },
  setQuota({ step, world }) {
    const amounts = (key: string) => (step.has(key) ? readAmounts(step.raw(key), key) : {});
    world.allocator.setQuota(step.text('role'), amounts('guarantees'), amounts('limits'));
  },
  setWeight: ({ step, world }) => world.allocator.setWeight(step.text('role'), step.positive('weight')),
  setWhitelist: ({ step, world }) =>
    world.allocator.setWhitelist(step.has('hostnames') ? step.texts('hostnames') : null),
  recover(context) {
    const { step, world } = context;
    const [framework, role, agent] = [step.text('framework'), step.text('role'), step.text('agent')];
    const refusal = step.has('refuseSeconds') ? refusalOf(step.number('refuseSeconds')) : undefined;
    world.allocator.recover(framework, role, agent, resources(context, 'resources'), refusal);
  },
  recoverAllOffered({ world }) {
    for (const offer of world.taken) world.giveBack(offer, null);
  },
  suppress: ({ step, world }) => world.allocator.suppress(step.text('framework'), rolesOf(step)),
  revive: ({ step, world }) => world.allocator.revive(step.text('framework'), rolesOf(step)),
  convert(context) {
    const { step, world } = context;
    const conversion = { consumed: resources(context, 'consumed'), converted: resources(context, 'converted') };
    const [framework, role, agent] = [step.text('framework'), step.text('role'), step.text('agent')];
    world.allocator.updateAllocation(framework, role, agent, resources(context, 'offered'), [conversion]);
  },
  convertAvailable(context) {
    const { step, world, verdict, at } = context;
    const conversion = { consumed: resources(context, 'consumed'), converted: resources(context, 'converted') };
    const isDone = world.allocator.updateAvailable(step.text('agent'), [conversion]);
    if (step.has('expectSuccess')) verdict.same(at, isDone, step.flag('expectSuccess'));
  },
  setUnavailability({ step, world }) {
    const unavailability: Unavailability | null = step.has('startSec')
      ? { start: fromSeconds(step.number('startSec')) }
      : null;
    world.allocator.setUnavailability(step.text('agent'), unavailability);
  },
  settle: ({ world }) => world.clock.settle(),
  advance({ step, world }) {
    world.clock.settle();
    world.clock.advance(fromSeconds(step.number('seconds')));
  },
};

function resources({ step, world }: StepContext, key: string): Bundle {
  return readResources(step.raw(key), `${step.path}.${key}`, world.allocator.catalog);
}

function readUse({ step, world }: StepContext, key: string): NodeUse[] {
  return step.items(key).map((use) => ({
    framework: use.text('framework'),
    role: use.text('role'),
    resources: readResources(use.raw('resources'), `${use.path}.resources`, world.allocator.catalog),
  }));
}

function rolesOf(step: Fields): readonly string[] | undefined {
  return step.has('roles') ? step.texts('roles') : undefined;
}

function nodeTraits(step: Fields) {
  return {
    ...(step.has('capabilities') && {
      capabilities: known<NodeCapability>(step.texts('capabilities'), ALL_NODE_CAPABILITIES),
    }),
    ...(step.has('attributes') && { attributes: readAttributes(step.raw('attributes'), step.path) }),
  };
}

/** `{name: value}`, a list of `{name, value}`, or text `name:value;…`. */
function readAttributes(value: unknown, path: string): (readonly [string, string | number])[] {
  if (typeof value === 'string') {
    const parts = value.split(';').filter((part) => part !== '');
    return parts.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]);
  }
  if (Array.isArray(value))
    return value.map((one) => [new Fields(one, path).text('name'), scalar(new Fields(one, path).raw('value'), path)]);
  const fields = new Fields(value, `${path}.attributes`);
  return fields.keys.map((name) => [name, scalar(fields.raw(name), path)]);
}

function scalar(value: unknown, path: string): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new CaseError(`${path}: expected text or a number as an attribute`);
}

const FRAMEWORK_CAPABILITIES: readonly FrameworkCapability[] = [
  'MULTI_ROLE',
  'GPU_RESOURCES',
  'REVOCABLE_RESOURCES',
  'SHARED_RESOURCES',
  'RESERVATION_REFINEMENT',
  'REGION_AWARE',
  'PARTITION_AWARE',
];

function frameworkTraits(step: Fields) {
  return {
    ...(step.has('capabilities') && {
      capabilities: known<FrameworkCapability>(step.texts('capabilities'), FRAMEWORK_CAPABILITIES),
    }),
    ...(step.has('suppressedRoles') && { suppressed: step.texts('suppressedRoles') }),
    ...(step.has('minAllocatable') && { minAllocatable: readMinAllocatable(step.fields('minAllocatable')) }),
  };
}

/** By role a list of alternatives, or one alone. */
function readMinAllocatable(byRole: Fields): Record<string, readonly Amounts[]> {
  return Object.fromEntries(
    byRole.keys.map((role) => {
      const value = byRole.raw(role);
      const sets = Array.isArray(value) ? value : [value];
      return [role, sets.map((set, i) => readAmounts(set, `${byRole.path}.${role}.${i}`))];
    }),
  );
}

function known<Name extends string>(names: readonly string[], all: readonly Name[]): Name[] {
  return names.map((name) => {
    const found = all.find((each) => each === name);
    if (found === undefined) throw new CaseError(`unknown capability \`${name}\``);
    return found;
  });
}

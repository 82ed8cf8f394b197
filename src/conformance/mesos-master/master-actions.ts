import { refusalOf } from '../../allocators/mesos/offer-filters.ts';
import type { Offer } from '../../allocators/mesos/schedulers/framework-scheduler.ts';
import type { TaskId } from '../../base/ids.ts';
import { fromSeconds, type Time } from '../../base/time.ts';
import type { NodeState } from '../../cluster/node-states.ts';
import { CaseError, type Fields } from '../fields.ts';
import { readAmounts } from '../mesos-resources.ts';
import { tasksOf } from './master-plan.ts';
import type { MasterStepContext, MasterSteps } from './master-step.ts';
import type { MasterWorld } from './master-world.ts';
import type { ScriptedFramework } from './scripted-framework.ts';

/** Everything that a case of the master may do. */
export const masterActions: MasterSteps = {
  registerAgent: (context) => bringUp(context),
  agentReregisters: (context) => bringUp(context),
  *removeAgent({ step, world }) {
    const node = world.node(step.text('agent'));
    world.sayGoodbye(node);
    world.happen({ what: 'node', nodes: [node], state: 'down' });
    yield world.now;
  },
  agentSocketBreaks: (context) => changeNode(context, 'down'),
  agentStopsAnswering: (context) => changeNode(context, 'unreachable'),
  deactivateAgent: (context) => changeNode(context, 'draining'),
  subscribe: (context) => tellOf(context, 'framework-up'),
  disconnect: (context) => tellOf(context, 'framework-down'),
  teardown: (context) => tellOf(context, 'framework-gone'),
  accept: (context) => answer(context, tasksOf(context.step)),
  decline: (context) => answer(context, []),
  suppress: (context) => order(context, ({ driver }) => driver.suppress()),
  revive: (context) => order(context, ({ driver }) => driver.revive()),
  *rescind({ step, world }) {
    world.master.rescindOffers(step.text('framework'));
    yield world.now;
  },
  *kill({ step, world }) {
    world.end(step.text('task'), 'TASK_KILLED');
    yield world.now;
  },
  *taskUpdate({ step, world }) {
    world.end(step.text('task'), stateName(step));
    yield world.now;
  },
  *setWeight({ step, world }) {
    world.happen({ what: 'weight', role: step.text('role'), weight: step.positive('weight') });
    yield world.now;
  },
  *setQuota({ step, world }) {
    const [guarantee, limit] = [quotaOf(step, 'guarantees', world), quotaOf(step, 'limits', world)];
    world.happen({ what: 'quota', role: step.text('role'), guarantee, limit });
    yield world.now;
  },
  *masterFailover({ world }) {
    world.happen({ what: 'master-down' });
    yield world.now;
    world.happen({ what: 'master-up' });
    yield world.now;
  },
  *settle({ world }) {
    yield world.now;
  },
  *advance({ step, world }) {
    yield world.now + fromSeconds(step.number('seconds'));
  },
};

/** Reads the name of a state, with or without what all of them begin with. */
export function stateName(step: Fields, key = 'state'): string {
  const name = step.text(key);
  const state = name.startsWith('TASK_') ? name : `TASK_${name}`;
  if (STATES.has(state)) return state;
  throw new CaseError(`${step.path}.${key}: there is no state \`${name}\``);
}

const STATES = new Set(
  'STAGING STARTING RUNNING KILLING FINISHED FAILED KILLED ERROR LOST DROPPED UNREACHABLE GONE GONE_BY_OPERATOR UNKNOWN'
    .split(' ')
    .map((name) => `TASK_${name}`),
);

function* bringUp({ step, world }: MasterStepContext): Iterable<Time> {
  const node = world.node(step.text('agent'));
  // What an agent that registers again says of itself is what it has said before: the plan holds them against each other.
  step.prose('total');
  if (world.cluster.nodeState(node) === 'up') throw new CaseError(`${step.path}: the agent has registered already`);
  world.returned(node);
  world.happen({ what: 'node', nodes: [node], state: 'up' });
  yield world.now;
}

function* changeNode({ step, world }: MasterStepContext, state: NodeState): Iterable<Time> {
  world.happen({ what: 'node', nodes: [world.node(step.text('agent'))], state });
  yield world.now;
}

function* tellOf(
  { step, world }: MasterStepContext,
  what: 'framework-up' | 'framework-down' | 'framework-gone',
): Iterable<Time> {
  const framework = step.text('framework');
  // The plan has read what it says of itself.
  if (what === 'framework-up')
    step.prose('role', 'roles', 'capabilities', 'partitionAware', 'checkpoint', 'failoverTimeoutSec');
  else world.framework(framework);
  if (what === 'framework-up') world.connected.add(framework);
  else world.connected.delete(framework);
  world.happen({ what, framework });
  yield world.now;
}

/** Has a framework do something, which it can only while the master listens. */
function* order({ step, world }: MasterStepContext, act: (framework: ScriptedFramework) => void): Iterable<Time> {
  const framework = world.framework(step.text('framework'));
  if (!world.connected.has(step.text('framework')))
    throw new CaseError(`${step.path}: framework ${step.text('framework')} is not connected`);
  framework.order(() => act(framework));
  yield world.now;
}

function answer(context: MasterStepContext, tasks: readonly Fields[]): Iterable<Time> {
  const { step, world } = context;
  const node = step.has('agent') ? world.node(step.text('agent')) : null;
  const refusal = refusalIn(step);
  for (const task of tasks) task.prose('resources');
  const ids = tasks.map((task) => task.text('id'));
  return order(context, (framework) => {
    const open = framework.openOn(node);
    if (ids.length > 0) launch(world, framework, open, ids, refusal);
    else if (open.length === 0) throw new CaseError(`${step.path}: there is no offer to decline`);
    else for (const offer of open) framework.decline(offer, refusal);
  });
}

/** Launches tasks in order on one offer; what it has no room for is in error, and without an offer all are lost. */
function launch(
  world: MasterWorld,
  framework: ScriptedFramework,
  open: readonly Offer[],
  ids: readonly string[],
  refusal: Time,
): void {
  const demands = ids.map((id) => world.plan.tasks.get(id)!);
  const offer =
    open.find(
      ({ amounts }) =>
        roomFor(
          amounts,
          demands.map(({ demand }) => demand),
        ) === ids.length,
    ) ?? open[0];
  const left = offer?.amounts.slice();
  const rows: TaskId[] = [];
  for (const [i, { demand, framework: name }] of demands.entries()) {
    const row = world.row(ids[i]!);
    if (left === undefined) world.states.set(ids[i]!, world.isAware(name) ? 'TASK_DROPPED' : 'TASK_LOST');
    else if (row === undefined || roomFor(left, [demand]) === 0) world.states.set(ids[i]!, 'TASK_ERROR');
    else {
      for (let r = 0; r < left.length; r++) left[r] = left[r]! - demand[r]!;
      rows.push(row);
    }
  }
  if (offer === undefined) return;
  if (rows.length > 0) framework.accept(offer, rows, refusal);
  else framework.decline(offer, refusal);
  for (const id of ids) {
    if (world.states.has(id)) continue;
    world.states.set(id, world.cluster.isRunning(world.row(id)!) ? 'TASK_RUNNING' : 'TASK_STAGING');
  }
}

/** How many of the demands there is room for, taken one after the other. */
function roomFor(amounts: Float64Array, demands: readonly Float64Array[]): number {
  const left = amounts.slice();
  for (const [i, demand] of demands.entries()) {
    for (let r = 0; r < left.length; r++) left[r] = left[r]! - demand[r]!;
    if (left.some((amount) => amount < 0)) return i;
  }
  return demands.length;
}

/** A number of seconds, or `default 5`. */
function refusalIn(step: Fields): Time {
  const given = step.has('refuseSeconds') ? step.raw('refuseSeconds') : 'default';
  if (typeof given === 'number') return refusalOf(given);
  if (given === 'default' || given === 'default 5') return refusalOf(-1);
  throw new CaseError(`${step.path}.refuseSeconds: expected a number of seconds or \`default 5\``);
}

function quotaOf(step: Fields, key: string, { plan }: MasterWorld): ReadonlyMap<number, number> {
  const amounts = step.has(key) ? readAmounts(step.raw(key), `${step.path}.${key}`) : {};
  const columns = Object.keys(amounts).map((name) => plan.resources.findIndex((one) => one.name === name));
  if (columns.includes(-1)) throw new CaseError(`${step.path}.${key}: a resource that no agent has`);
  const steps = plan.steps(amounts, `${step.path}.${key}`);
  return new Map(columns.map((column) => [column, steps[column]!]));
}

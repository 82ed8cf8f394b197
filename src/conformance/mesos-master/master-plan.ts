import type { FrameworkCapability } from '../../allocators/mesos/subscription.ts';
import { defaultSettings, type FrameworkSettings } from '../../allocators/parties.ts';
import { type ResourceCatalog, resource, toSteps } from '../../base/amounts.ts';
import { fromSeconds, NEVER } from '../../base/time.ts';
import { CaseError, type Fields } from '../fields.ts';
import { readAmounts } from '../mesos-resources.ts';

/** A framework of a case. */
export interface PlannedFramework {
  readonly role: string;
  readonly settings: FrameworkSettings;
}

/** A task of a case, and its number among all. */
export interface PlannedTask {
  readonly framework: string;
  readonly index: number;
  readonly demand: Float64Array;
}

const CAPABILITIES: readonly FrameworkCapability[] = ['PARTITION_AWARE', 'GPU_RESOURCES', 'MULTI_ROLE'];

/** Everything that the steps of a case will name, so that a cluster can be made of it before the first. */
export class MasterPlan {
  readonly resources: ResourceCatalog;
  /** Capacity by name, whole steps. */
  readonly agents = new Map<string, Float64Array>();
  readonly frameworks = new Map<string, PlannedFramework>();
  readonly tasks = new Map<string, PlannedTask>();

  constructor(steps: readonly Fields[]) {
    this.resources = namesOf(steps).map((name) => resource(name, { devices: name === 'gpus' }));
    for (const step of steps) {
      const op = step.text('op');
      if (op === 'registerAgent') this.#addAgent(step);
      else if (op === 'subscribe') this.#addFramework(step);
      else if (op === 'accept') for (const task of tasksOf(step)) this.#addTask(step.text('framework'), task);
    }
  }

  /** Reads amounts by name as whole steps. */
  steps(value: unknown, path: string): Float64Array {
    const amounts = readAmounts(value, path);
    return Float64Array.from(this.resources, (one) => {
      const { amount, exact } = toSteps(amounts[one.name] ?? 0, one, 'demand');
      if (!exact) throw new CaseError(`${path}.${one.name}: finer than a thousandth`);
      return amount;
    });
  }

  #addAgent(step: Fields): void {
    const name = step.text('agent');
    const known = this.agents.get(name);
    if (!step.has('total')) {
      if (known === undefined) throw new CaseError(`${step.path}.total is missing`);
      return;
    }
    const total = this.steps(step.raw('total'), `${step.path}.total`);
    if (known?.some((amount, r) => amount !== total[r]))
      throw new CaseError(`agent ${name} registers with another total`);
    this.agents.set(name, total);
  }

  #addFramework(step: Fields): void {
    const name = step.text('framework');
    const roles = step.has('roles') ? step.texts('roles') : [step.has('role') ? step.text('role') : '*'];
    if (roles.length !== 1) throw new CaseError(`framework ${name}: one role, not ${roles.length}`);
    const capabilities = step.has('capabilities') ? step.texts('capabilities').map(capability) : [];
    if (step.has('partitionAware') && step.flag('partitionAware')) capabilities.push('PARTITION_AWARE');
    const settings: FrameworkSettings = {
      ...defaultSettings,
      registers: NEVER,
      failoverTimeout: step.has('failoverTimeoutSec') ? fromSeconds(step.number('failoverTimeoutSec')) : 0,
      checkpoint: step.has('checkpoint') && step.flag('checkpoint'),
      capabilities,
    };
    // What it says when it subscribes again is taken to be what it has said before.
    if (!this.frameworks.has(name)) this.frameworks.set(name, { role: roles[0]!, settings });
  }

  #addTask(framework: string, task: Fields): void {
    const id = task.text('id');
    if (this.tasks.has(id)) throw new CaseError(`${task.path}: there is a task ${id} already`);
    const demand = this.steps(task.raw('resources'), `${task.path}.resources`);
    this.tasks.set(id, { framework, index: this.tasks.size, demand });
  }
}

/** The tasks of an accept; none is a refusal of all. */
export function tasksOf(step: Fields): readonly Fields[] {
  return step.has('tasks') ? step.items('tasks') : [];
}

/** The names of all resources that agents have and tasks need; mem and cpus are always there. */
function namesOf(steps: readonly Fields[]): string[] {
  const names = new Set(['cpus', 'mem']);
  const add = (one: Fields, key: string) => {
    for (const name of Object.keys(readAmounts(one.raw(key), `${one.path}.${key}`))) names.add(name);
  };
  for (const step of steps) {
    const op = step.text('op');
    if (op === 'registerAgent' && step.has('total')) add(step, 'total');
    if (op === 'accept') for (const task of tasksOf(step)) add(task, 'resources');
  }
  return [...names];
}

function capability(name: string): FrameworkCapability {
  const found = CAPABILITIES.find((each) => each === name);
  if (found === undefined) throw new CaseError(`unknown capability \`${name}\``);
  return found;
}

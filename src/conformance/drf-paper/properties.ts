import type { Random } from '../../base/random.ts';
import type { Mechanism } from '../mechanisms.ts';

/** Capacity of the pool and what one task of each user demands. */
interface Instance {
  readonly capacity: readonly number[];
  readonly demands: readonly (readonly number[])[];
}

/** A property of mechanisms that one instance can break. */
export interface Property {
  /** Instances that can: any, of one resource, or with the same dominant resource (the first) for all. */
  readonly shape: 'any' | 'single' | 'bottleneck';
  holds(mechanism: Mechanism, instance: Instance, random: Random): boolean;
}

/** How much more counts as more; equilibria are found to about 1e-5. */
const MARGIN = 1e-3;

const noLess = (value: number, than: number) => value >= than * (1 - MARGIN);

function divide(mechanism: Mechanism, { capacity, demands }: Instance): readonly number[] {
  return mechanism.divide(
    capacity,
    demands.map((demand) => ({ demand })),
  );
}

/** How many tasks of `demand` a bundle of `count` times `held` can run. */
function tasksIn(count: number, held: readonly number[], demand: readonly number[]): number {
  return Math.min(...demand.map((need, r) => (count * held[r]!) / need));
}

function loads({ capacity, demands }: Instance, tasks: readonly number[]): number[] {
  return capacity.map((amount, r) => demands.reduce((sum, demand, u) => sum + tasks[u]! * demand[r]!, 0) / amount);
}

export const PROPERTIES: Readonly<Record<string, Property>> = {
  'sharing incentive': {
    shape: 'any',
    holds(mechanism, instance) {
      const tasks = divide(mechanism, instance);
      const { capacity, demands } = instance;
      return demands.every((demand, u) => noLess(tasks[u]!, tasksIn(1 / demands.length, capacity, demand)));
    },
  },
  'strategy-proofness': {
    shape: 'any',
    holds(mechanism, instance, random) {
      const honest = divide(mechanism, instance)[0]!;
      const truth = instance.demands[0]!;
      const claims = truth.map((need) => need * (0.25 + 4 * random()));
      const lied = divide(mechanism, { ...instance, demands: [claims, ...instance.demands.slice(1)] })[0]!;
      return noLess(honest, tasksIn(lied, claims, truth));
    },
  },
  'envy-freeness': {
    shape: 'any',
    holds(mechanism, instance) {
      const tasks = divide(mechanism, instance);
      const { demands } = instance;
      return demands.every((own, u) => demands.every((other, v) => noLess(tasks[u]!, tasksIn(tasks[v]!, other, own))));
    },
  },
  'Pareto efficiency': {
    shape: 'any',
    // Everyone demands everything, so nobody can gain if and only if some resource is used up.
    holds: (mechanism, instance) => noLess(Math.max(...loads(instance, divide(mechanism, instance))), 1),
  },
  'single resource fairness': { shape: 'single', holds: splitsFirstEqually },
  'bottleneck fairness': { shape: 'bottleneck', holds: splitsFirstEqually },
  'population monotonicity': {
    shape: 'any',
    holds(mechanism, instance) {
      const before = divide(mechanism, instance);
      const after = divide(mechanism, { ...instance, demands: instance.demands.slice(0, -1) });
      return after.every((tasks, u) => noLess(tasks, before[u]!));
    },
  },
  'resource monotonicity': {
    shape: 'any',
    holds(mechanism, instance, random) {
      const before = divide(mechanism, instance);
      const grown = instance.capacity.map((amount, r) => (r === 0 ? amount * (1 + 4 * random()) : amount));
      const after = divide(mechanism, { ...instance, capacity: grown });
      return after.every((tasks, u) => noLess(tasks, before[u]!));
    },
  },
};

function splitsFirstEqually(mechanism: Mechanism, instance: Instance): boolean {
  const tasks = divide(mechanism, instance);
  const { capacity, demands } = instance;
  return demands.every((demand, u) => Math.abs((tasks[u]! * demand[0]! * demands.length) / capacity[0]! - 1) <= MARGIN);
}

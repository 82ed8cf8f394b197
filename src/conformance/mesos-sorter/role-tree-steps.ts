import { readQuota } from '../../allocators/mesos/quota.ts';
import { sameQuantities } from '../../allocators/mesos/resources/quantities.ts';
import {
  type Amounts,
  ResourceCatalog,
  type ResourceDescription,
} from '../../allocators/mesos/resources/resource-catalog.ts';
import { RoleTree } from '../../allocators/mesos/role-tree.ts';
import { FrameworkState, type Role, Subscription } from '../../allocators/mesos/subscription.ts';
import { CaseError, type Fields } from '../fields.ts';
import { readAmounts, readDescriptions } from '../mesos-resources.ts';
import type { Verdict } from '../verdict.ts';
import { type Steps, takeStep } from './take-step.ts';

/** Does the steps of a case with a role tree alone. */
export function roleTreeSteps(one: Fields, verdict: Verdict): void {
  const world = new RoleTreeWorld(verdict);
  for (const [i, step] of one.items('steps').entries()) world.step(step, `step ${i}`);
  verdict.serve('role tree');
}

class RoleTreeWorld {
  readonly #catalog = new ResourceCatalog();
  readonly #tree = new RoleTree();
  readonly #verdict: Verdict;

  constructor(verdict: Verdict) {
    this.#verdict = verdict;
  }

  step(step: Fields, at: string): void {
    takeStep(this.#steps, step, at);
  }

  readonly #steps: Steps = {
    setWeight: (step) => this.#tree.setWeight(step.text('role'), step.positive('weight')),
    setQuota: (step) => {
      const quota = readQuota(this.#amounts(step, 'guarantees'), this.#amounts(step, 'limits'), this.#catalog);
      this.#tree.setQuota(step.text('role'), quota);
    },
    trackReservation: (step) => this.#tree.trackReservations(this.#reserved(step)),
    untrackReservation: (step) => this.#tree.untrackReservations(this.#reserved(step)),
    trackFramework: (step) => {
      const role = this.#tree.ensure(step.text('role'));
      this.#tree.addSubscription(new Subscription(new FrameworkState(step.text('framework')), role));
    },
    untrackFramework: (step) => {
      const found = this.#tree.find(step.text('role'))?.subscriptions.get(step.text('framework'));
      if (found === undefined) throw new CaseError(`${step.path}: the framework is not tracked`);
      this.#tree.removeSubscription(found);
    },
    expectRoles: (step, at) => this.#compare(step, at),
  };

  #compare(step: Fields, at: string): void {
    const verdict = this.#verdict;
    if (step.has('present'))
      for (const path of step.texts('present'))
        verdict.holds(`${at}: ${path} is there`, this.#tree.find(path) !== undefined);
    if (step.has('absent'))
      for (const path of step.texts('absent'))
        verdict.holds(`${at}: ${path} is gone`, this.#tree.find(path) === undefined);
    this.#each(step, 'weights', (role, path, values) =>
      verdict.near(`${at} weight of ${path}`, role.weight, values.raw(path)),
    );
    this.#each(step, 'frameworkCounts', (role, path, values) =>
      verdict.near(`${at} frameworks of ${path}`, role.subscriptions.size, values.raw(path)),
    );
    this.#each(step, 'reservationTotals', (role, path, values) => {
      const expected = this.#catalog.quantities(readAmounts(values.raw(path), `${at}.${path}`));
      verdict.holds(`${at}: the reservations of ${path}`, sameQuantities(role.reservations, expected));
    });
    this.#each(step, 'quotas', (role, path, values) =>
      this.#compareQuota(role, values, path, `${at} quota of ${path}`),
    );
  }

  #compareQuota({ quota }: Role, values: Fields, path: string, at: string): void {
    if (values.raw(path) === 'default') {
      this.#verdict.same(at, quota, null);
      return;
    }
    const expected = values.fields(path);
    const given = quota?.given ?? { guarantees: {}, limits: {} };
    this.#verdict.same(`${at} guarantees`, sorted(given.guarantees), sorted(this.#amounts(expected, 'guarantees')));
    this.#verdict.same(`${at} limits`, sorted(given.limits), sorted(this.#amounts(expected, 'limits')));
  }

  #each(step: Fields, key: string, visit: (role: Role, path: string, values: Fields) => void): void {
    if (!step.has(key)) return;
    const values = step.fields(key);
    for (const path of values.keys) {
      const role = this.#tree.find(path);
      if (role === undefined) this.#verdict.fail(`${key}: there is no role ${path}`);
      else visit(role, path, values);
    }
  }

  #amounts(fields: Fields, key: string): Amounts {
    return fields.has(key) ? readAmounts(fields.raw(key), `${fields.path}.${key}`) : {};
  }

  /** Resources of a reservation step, reserved to its role. */
  #reserved(step: Fields) {
    const role = step.text('role');
    const descriptions = readDescriptions(step.raw('resources'), `${step.path}.resources`);
    return this.#catalog.bundle(
      descriptions.map((each): ResourceDescription => ({ reservations: [{ role }], ...each })),
    );
  }
}

function sorted(amounts: Amounts): [string, number][] {
  return Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1));
}

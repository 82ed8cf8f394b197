import { type Resource, toUnits } from '../base/amounts.ts';
import type { TaskId } from '../base/ids.ts';
import type { ObservedRun, Observer } from '../simulation/observer.ts';
import { CaseError } from './fields.ts';
import { type Fraction, toNumber } from './fraction.ts';
import { runPool } from './pool-run.ts';

/** Who takes part in a filling; its tasks never end. */
interface FillingUser {
  readonly name: string;
  /** Its role; its own name where left out. */
  readonly role?: string;
  readonly demand: readonly Fraction[];
  /** As many as could ever run where left out. */
  readonly tasks?: number;
}

export interface FillingWorld {
  readonly resources: readonly string[];
  readonly capacity: readonly Fraction[];
  /** In order of ties. */
  readonly roles: readonly { readonly path: string; readonly weight: number }[];
  readonly users: readonly FillingUser[];
}

/** What stands after one task was given. */
interface TaskPick {
  readonly user: string;
  /** Fraction of each resource that each user holds. */
  readonly shares: ReadonlyMap<string, readonly number[]>;
  /** Fraction of each resource that all hold. */
  readonly cluster: readonly number[];
}

export interface Filling {
  readonly picks: readonly TaskPick[];
  readonly tasks: ReadonlyMap<string, number>;
  /** Units of each resource that all hold in the end. */
  readonly used: readonly number[];
}

/** Longer than the clock of the run. */
const FOREVER = 1_000_000;

/** Lets the real `drf` allocator give out tasks that never end until nothing fits, and writes down each pick. */
export async function fillByDrf(world: FillingWorld): Promise<Filling> {
  const jobs = world.users.map((user) => ({
    name: user.name,
    framework: user.name,
    submit: 0,
    run: FOREVER,
    demand: user.demand,
    tasks: user.tasks ?? mostTasks(world.capacity, user),
  }));
  const picks = new Picks();
  const { cluster } = await runPool({
    resources: world.resources,
    capacity: world.capacity,
    roles: world.roles,
    roleOf: new Map(world.users.map(({ name, role = name }) => [name, role])),
    jobs: jobs.filter(({ tasks }) => tasks > 0),
    allocator: 'drf',
    until: 1,
    observers: [picks],
  });
  const tasks = new Map(world.users.map(({ name }) => [name, 0]));
  for (const { user } of picks.all) tasks.set(user, tasks.get(user)! + 1);
  const used = cluster.resources.map((of: Resource, r) => toUnits(cluster.totalCapacity(r) - cluster.totalFree(r), of));
  return { picks: picks.all, tasks, used };
}

/** One more than the pool holds, so that the user always has a task left. */
function mostTasks(capacity: readonly Fraction[], { name, demand }: FillingUser): number {
  const most = capacity.map((amount, r) => (demand[r]!.top > 0n ? toNumber(amount) / toNumber(demand[r]!) : Infinity));
  const least = Math.min(...most);
  if (!(least < 1e6))
    throw new CaseError(`${name}: a filling needs a bound on the tasks of a user that demands so little`);
  return Math.floor(least) + 1;
}

class Picks implements Observer {
  readonly all: TaskPick[] = [];
  #run!: ObservedRun;

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onTaskStarted(_time: number, task: TaskId): void {
    const { view } = this.#run;
    const share = (used: (r: number) => number) =>
      view.resources.map((_, r) => (view.totalCapacity(r) > 0 ? used(r) / view.totalCapacity(r) : 0));
    const shares = new Map<string, readonly number[]>();
    for (let framework = 0; framework < view.frameworkCount; framework++) {
      shares.set(
        view.frameworkName(framework),
        share((r) => view.frameworkUsed(framework, r)),
      );
    }
    const user = view.frameworkName(view.frameworkOf(view.jobOf(task)));
    this.all.push({ user, shares, cluster: share((r) => view.totalCapacity(r) - view.totalFree(r)) });
  }
}

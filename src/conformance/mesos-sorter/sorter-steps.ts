import { type Bundle, minus, NOTHING, plus, sameBundle, scalarsOf } from '../../allocators/mesos/resources/bundle.ts';
import { sameQuantities } from '../../allocators/mesos/resources/quantities.ts';
import { ResourceCatalog } from '../../allocators/mesos/resources/resource-catalog.ts';
import { ClusterTotals } from '../../allocators/mesos/sorters/cluster-totals.ts';
import { DrfSorter } from '../../allocators/mesos/sorters/drf-sorter.ts';
import { RandomSorter } from '../../allocators/mesos/sorters/random-sorter.ts';
import type { Sorter, SorterClient } from '../../allocators/mesos/sorters/sorter.ts';
import { openStream } from '../../base/random.ts';
import { CaseError, type Fields } from '../fields.ts';
import { readAmounts, readResources } from '../mesos-resources.ts';
import type { Verdict } from '../verdict.ts';
import { type Steps, takeStep } from './take-step.ts';

const SORTERS: Readonly<Record<string, readonly ('drf' | 'random')[]>> = {
  drf: ['drf'],
  random: ['random'],
  any: ['drf', 'random'],
};

/** Does the steps of a case with the sorter that it names, or with every one. */
export function sorterSteps(one: Fields, verdict: Verdict): void {
  const sorter = one.has('sorter') ? one.text('sorter') : 'drf';
  const names = Object.hasOwn(SORTERS, sorter) ? SORTERS[sorter] : undefined;
  if (names === undefined) throw new CaseError(`unknown sorter \`${sorter}\``);
  const excluded = readExcluded(one);
  const steps = one.items('steps');
  for (const name of names) {
    verdict.serve(name);
    const world = new SorterWorld(name, excluded, verdict);
    for (const [i, step] of steps.entries()) world.step(step, `${name} step ${i}`);
  }
}

function readExcluded(one: Fields): readonly string[] {
  const key = 'fairSharingExcludedResourceNames';
  if (one.has('flags') && one.fields('flags').has(key)) return one.fields('flags').texts(key);
  return one.has(key) ? one.texts(key) : [];
}

/** A sorter, and beside it what each client has on each node. */
class SorterWorld {
  readonly #catalog = new ResourceCatalog();
  readonly #totals = new ClusterTotals();
  readonly #sorter: Sorter<string>;
  readonly #nodes = new Map<string, { readonly index: number; total: Bundle }>();
  readonly #held = new Map<string, Map<string, Bundle>>();
  readonly #verdict: Verdict;

  constructor(name: 'drf' | 'random', excluded: readonly string[], verdict: Verdict) {
    const columns = new Set(excluded.map((each) => this.#catalog.columnOf(each)));
    this.#sorter =
      name === 'drf' ? new DrfSorter(this.#totals, columns) : new RandomSorter(openStream('conformance', 'sorter'));
    this.#verdict = verdict;
  }

  step(step: Fields, at: string): void {
    takeStep(this.#steps, step, at);
  }

  readonly #steps: Steps = {
    addAgent: (step) => this.#setTotal(step.text('agent'), this.#resources(step, 'total')),
    removeAgent: (step) => this.#setTotal(step.text('agent'), NOTHING),
    addClient: (step) => {
      this.#sorter.add(step.text('client'), step.text('client'));
      this.#held.set(step.text('client'), new Map());
    },
    removeClient: (step) => {
      this.#sorter.remove(this.#client(step));
      this.#held.delete(step.text('client'));
    },
    activate: (step) => this.#sorter.activate(this.#client(step)),
    deactivate: (step) => this.#sorter.deactivate(this.#client(step)),
    setWeight: (step) => this.#sorter.setWeight(step.text('path'), step.positive('weight')),
    allocated: (step) => {
      const resources = this.#resources(step, 'resources');
      this.#sorter.recordAllocated(this.#client(step), this.#node(step), resources);
      this.#change(step, (held) => plus(held, resources));
    },
    unallocated: (step) => {
      const resources = this.#resources(step, 'resources');
      this.#sorter.recordUnallocated(this.#client(step), this.#node(step), resources);
      this.#change(step, (held) => minus(held, resources));
    },
    updateAllocation: (step) => {
      const before = this.#resources(step, 'old');
      const after = this.#resources(step, 'new');
      this.#sorter.replaceAllocated(this.#client(step), this.#node(step), before, after);
      this.#change(step, (held) => plus(minus(held, before), after));
    },
    expectSort: (step, at) => {
      this.#verdict.same(at, this.#order(), step.texts('order'));
      if (step.has('shares')) this.#compareShares(step.fields('shares'), at);
    },
    expectSortAsSet: (step, at) => {
      const key = ['order', 'clients', 'active', 'set'].find((each) => step.has(each)) ?? 'order';
      this.#verdict.same(at, this.#order().sort(), step.texts(key).sort());
    },
    expectContains: (step, at) => {
      const expected = !step.has('value') || step.flag('value');
      this.#verdict.same(at, this.#sorter.find(step.text('client')) !== undefined, expected);
    },
    expectCount: (step, at) => this.#verdict.same(at, this.#sorter.size, step.number('value')),
    expectAllocation: (step, at) => {
      const held = this.#held.get(step.text('client'))?.get(step.text('agent')) ?? NOTHING;
      const same = sameBundle(held, this.#resources(step, 'resources'));
      this.#verdict.check(same, `${at}: got ${JSON.stringify(this.#catalog.describe(held))}`);
    },
    expectAllocatedTotals: (step, at) => {
      const got = step.has('client') ? this.#client(step).allocated : this.#sorter.allocated;
      const expected = this.#catalog.quantities(readAmounts(step.raw('totals'), `${step.path}.totals`));
      this.#verdict.check(sameQuantities(got, expected), `${at}: got ${JSON.stringify(this.#catalog.units(got))}`);
    },
  };

  #order(): string[] {
    return this.#sorter.sort().map(({ payload }) => payload);
  }

  #compareShares(shares: Fields, at: string): void {
    const sorter = this.#sorter;
    if (!(sorter instanceof DrfSorter)) throw new CaseError(`${at}: only drf knows shares`);
    for (const name of shares.keys) {
      const client = sorter.find(name);
      if (client === undefined) throw new CaseError(`${at}: there is no client ${name}`);
      this.#verdict.near(`${at} share of ${name}`, sorter.shareOf(client), shares.raw(name));
    }
  }

  #resources(step: Fields, key: string): Bundle {
    return readResources(step.raw(key), `${step.path}.${key}`, this.#catalog);
  }

  #client(step: Fields): SorterClient<string> {
    const client = this.#sorter.find(step.text('client'));
    if (client === undefined) throw new CaseError(`${step.path}: there is no client ${step.text('client')}`);
    return client;
  }

  #node(step: Fields): number {
    return this.#nodeNamed(step.text('agent')).index;
  }

  #nodeNamed(name: string): { readonly index: number; total: Bundle } {
    let node = this.#nodes.get(name);
    if (node === undefined) {
      node = { index: this.#nodes.size, total: NOTHING };
      this.#nodes.set(name, node);
    }
    return node;
  }

  #setTotal(name: string, total: Bundle): void {
    const node = this.#nodeNamed(name);
    this.#totals.remove(scalarsOf(node.total));
    this.#totals.add(scalarsOf(total));
    node.total = total;
  }

  #change(step: Fields, change: (held: Bundle) => Bundle): void {
    const held = this.#held.get(step.text('client'))!;
    held.set(step.text('agent'), change(held.get(step.text('agent')) ?? NOTHING));
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HierarchicalAllocator } from '../../src/allocators/mesos/hierarchical-allocator.ts';
import type { Offer } from '../../src/allocators/mesos/offer.ts';
import type { Bundle } from '../../src/allocators/mesos/resources/bundle.ts';
import type { ResourceDescription } from '../../src/allocators/mesos/resources/resource-catalog.ts';
import { ManualClock } from '../../src/conformance/mesos-allocator/manual-clock.ts';
import { minus, PlainMesos, type PlainOffer, type PlainResources } from '../support/plain-mesos.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 20 : 1) * 250;
const SECOND = 1_000_000;

const ROLES = ['a', 'a/b', 'a/b/c', 'b', 'c', 'c/d', '*'];
const QUOTA_ROLES = ['a', 'b', 'c', '*'];

const world = fc.record({
  frameworks: fc.array(
    fc.record({ roles: fc.subarray(ROLES, { minLength: 1, maxLength: 3 }), isRevocable: fc.boolean() }),
    { minLength: 1, maxLength: 6 },
  ),
  nodes: fc.nat({ max: 5 }),
  history: fc.array(
    fc.record({
      act: fc.constantFrom(
        'decline',
        'decline',
        'decline',
        'part',
        'give',
        'wait',
        'wait',
        'suppress',
        'revive',
        'weight',
        'quota',
        'limit',
        'node',
        'add',
        'off',
      ),
      pick: fc.nat(),
      amount: fc.nat({ max: 11 }),
    }),
    { minLength: 5, maxLength: 60 },
  ),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** The allocator and its plain twin beside each other; both see nodes in the same order. */
class History {
  readonly #clock = new ManualClock();
  readonly #fast: HierarchicalAllocator;
  readonly #plain = new PlainMesos();
  readonly #off = new Set<string>();
  #offers: Offer[] = [];
  /** Makes orders differ from run to run; both sides order by it. */
  #salt = 0;
  /** The last batch was then; what happens now is behind it. */
  #seconds = 0;

  constructor({ frameworks, nodes }: World) {
    this.#fast = new HierarchicalAllocator(
      {
        clock: this.#clock,
        random: () => 0.5,
        order: (list, stage) => list.sort((x, y) => this.#rank(x.name, stage) - this.#rank(y.name, stage)),
      },
      { onOffers: (_, offers) => this.#offers.push(...offers) },
    );
    this.#fast.start();
    for (const [i, { roles, isRevocable }] of frameworks.entries()) {
      const name = `f${i}`;
      this.#plain.frameworks.set(name, { roles, isRevocable, suppressed: new Set() });
      this.#fast.addFramework({ name, roles, capabilities: isRevocable ? ['REVOCABLE_RESOURCES'] : [] });
    }
    for (let i = 0; i < nodes; i++) this.#addNode(i);
    this.#clock.settle();
    this.#compare(this.#run([...this.#plain.nodes.keys()]));
  }

  /** Says how many offers were compared. */
  compared = 0;

  take({ act, pick, amount }: World['history'][number]): void {
    const held = this.#plain.held;
    const framework = `f${pick % this.#plain.frameworks.size}`;
    switch (act) {
      case 'decline':
      case 'give':
      case 'part': {
        if (held.length === 0) return;
        const offer = held[pick % held.length]!;
        const resources = act === 'part' ? halfOf(offer.resources) : offer.resources;
        this.#recover({ ...offer, resources }, act === 'give' ? null : amount);
        return;
      }
      case 'wait':
        this.#salt++;
        this.#plain.now = ++this.#seconds;
        this.#clock.advance(SECOND);
        this.#compare(this.#run([...this.#plain.nodes.keys()]));
        this.#plain.now += 0.5;
        return;
      case 'suppress': {
        const { roles, suppressed } = this.#plain.frameworks.get(framework)!;
        const role = roles[amount % roles.length]!;
        suppressed.add(role);
        this.#fast.suppress(framework, [role]);
        return;
      }
      case 'revive': {
        const { roles, suppressed } = this.#plain.frameworks.get(framework)!;
        const role = roles[amount % roles.length]!;
        suppressed.delete(role);
        this.#plain.filters = this.#plain.filters.filter((one) => one.framework !== framework || one.role !== role);
        this.#event(() => this.#fast.revive(framework, [role]), [...this.#plain.nodes.keys()]);
        return;
      }
      case 'weight': {
        const role = ROLES[pick % ROLES.length]!;
        this.#plain.weights.set(role, 1 + amount / 4);
        this.#fast.setWeight(role, 1 + amount / 4);
        return;
      }
      case 'quota':
      case 'limit':
        this.#setQuota(QUOTA_ROLES[pick % QUOTA_ROLES.length]!, act === 'quota' ? amount : 0, pick % 3);
        return;
      case 'node': {
        const node = `n${pick % Math.max(1, this.#plain.nodes.size)}`;
        if (!this.#plain.nodes.has(node)) return;
        const total = totalOf(pick + amount + 1);
        const isChanged = textOf(total) !== textOf(this.#plain.nodes.get(node)!);
        this.#plain.nodes.set(node, total);
        this.#event(() => this.#fast.updateNode(node, { total: this.#bundle(total) }), isChanged ? [node] : []);
        return;
      }
      case 'add':
        if (this.#plain.nodes.size >= 8) return;
        this.#event(() => this.#addNode(pick), [`n${this.#plain.nodes.size}`]);
        return;
      case 'off': {
        const node = `n${pick % Math.max(1, this.#plain.nodes.size)}`;
        if (!this.#plain.nodes.has(node)) return;
        if (this.#off.delete(node)) this.#fast.activateNode(node);
        else {
          this.#off.add(node);
          this.#fast.deactivateNode(node);
        }
      }
    }
  }

  #addNode(seed: number): void {
    const name = `n${this.#plain.nodes.size}`;
    const total = totalOf(seed);
    this.#plain.nodes.set(name, total);
    this.#fast.addNode({ name, total: this.#bundle(total) });
  }

  /** Some limit: none, equal to the guarantee, or above; on cpus always, on mem now and then. */
  #setQuota(role: string, amount: number, kind: number): void {
    const guarantees = new Map(
      amount === 0
        ? []
        : ([['cpus', amount * 500], ...(kind > 0 ? [['mem', amount * 300_000] as const] : [])] as const),
    );
    const limits = new Map(
      kind === 0
        ? []
        : [...(amount === 0 ? [['cpus', kind * 2000] as const] : guarantees)].map(([name, value]) => [
            name,
            value * kind,
          ]),
    );
    if (guarantees.size + limits.size === 0) this.#plain.quotas.delete(role);
    else this.#plain.quotas.set(role, { guarantees, limits });
    this.#fast.setQuota(role, units(guarantees), units(limits));
  }

  #recover(offer: PlainOffer, refuse: number | null): void {
    const { framework, role, node, resources } = offer;
    // A filter of one interval ends right behind the next batch, a longer one right before a batch.
    const until = refuse === null || refuse === 0 ? null : this.#seconds + (refuse === 1 ? 1.25 : refuse);
    this.#plain.recover(framework, role, node, resources, until);
    this.#fast.recover(framework, role, node, this.#bundle(resources), refuse === null ? undefined : refuse * SECOND);
  }

  #event(act: () => void, nodes: readonly string[]): void {
    this.#salt++;
    act();
    this.#clock.settle();
    this.#compare(nodes.length === 0 ? [] : this.#run(nodes));
  }

  #run(nodes: readonly string[]): PlainOffer[] {
    const [first, second] = ([1, 2] as const).map((stage) =>
      nodes.filter((node) => !this.#off.has(node)).sort((x, y) => this.#rank(x, stage) - this.#rank(y, stage)),
    );
    return this.#plain.run(first!, second!);
  }

  #compare(expected: readonly PlainOffer[]): void {
    const got = this.#offers.map(({ framework, role, node, resources }) =>
      [framework, role, node, textOf(this.#plainOf(resources))].join(' '),
    );
    this.#offers = [];
    const wanted = expected.map(({ framework, role, node, resources }) =>
      [framework, role, node, textOf(resources)].join(' '),
    );
    expect(got.sort()).toEqual(wanted.sort());
    this.compared += wanted.length;
  }

  #rank(node: string, stage: 1 | 2): number {
    let hash = this.#salt * 2 + stage;
    for (const letter of `${node}${hash}`) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
    return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  }

  #bundle(resources: PlainResources): Bundle {
    return this.#fast.catalog.bundle(
      [...resources].map(([key, amount]): ResourceDescription => {
        const [name, port] = key.split('#');
        if (port !== undefined) return { name: name!, ranges: [[Number(port), Number(port)]] };
        if (key.endsWith('!')) return { name: key.slice(0, -1), value: amount / 1000, revocable: true };
        const [reserved, role] = key.split('@');
        return role === undefined
          ? { name: key, value: amount / 1000 }
          : { name: reserved!, value: amount / 1000, reservations: [{ role }] };
      }),
    );
  }

  #plainOf(bundle: Bundle): PlainResources {
    return new Map(
      this.#fast.catalog.describe(bundle).flatMap(({ name, value = 0, ranges, reservations, revocable }) => {
        if (ranges !== undefined)
          return ranges.flatMap(([from, to]) =>
            Array.from({ length: to - from + 1 }, (_, i) => [`${name}#${from + i}`, 1] as const),
          );
        const suffix = revocable ? '!' : reservations !== undefined ? `@${reservations[0]!.role}` : '';
        return [[`${name}${suffix}`, Math.round(value * 1000)] as const];
      }),
    );
  }
}

/** One of several kinds of nodes: plain, with ports, partly reserved, with revocable cpus, small. */
function totalOf(seed: number): PlainResources {
  const cpus = 1000 * (1 + (seed % 4));
  const total = new Map([
    ['cpus', cpus],
    ['mem', 512_000 * (1 + (seed % 3))],
  ]);
  if (seed % 2 === 1) for (const port of [31000, 31001, 31005]) total.set(`ports#${port}`, 1);
  if (seed % 3 === 1) total.set(`cpus@${ROLES[seed % (ROLES.length - 1)]}`, 1500);
  if (seed % 5 === 2) total.set('cpus!', 2500);
  if (seed % 7 === 3) total.set('mem', 8_000).set('cpus', 5);
  return total;
}

function halfOf(resources: PlainResources): PlainResources {
  const half = new Map([...resources].map(([key, amount]) => [key, Math.floor(amount / 2)] as const));
  return minus(half, new Map());
}

function units(resources: PlainResources): Record<string, number> {
  return Object.fromEntries([...resources].map(([name, amount]) => [name, amount / 1000]));
}

function textOf(resources: PlainResources): string {
  return [...resources]
    .map(([key, amount]) => `${key}=${amount}`)
    .sort()
    .join(',');
}

describe('the hierarchical allocator', () => {
  it('offers the same as its plain twin, run by run, over random histories', () => {
    let compared = 0;
    fc.assert(
      fc.property(world, (one) => {
        const history = new History(one);
        for (const step of one.history) history.take(step);
        compared += history.compared;
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS * 5);
  });
});

/**
 * The hierarchical allocator written down plainly: everything is computed anew from lists each time it is needed.
 *
 * It follows the description of an allocation run line by line, knows scalars, ports, reservations, revocable
 * resources, filters, weights and quota, and has no idea of what may be left out.
 */

/** Thousandths by name: `cpus`, reserved `cpus@role`, revocable `cpus!`, and each port as `ports#31000` with 1. */
export type PlainResources = ReadonlyMap<string, number>;

export interface PlainOffer {
  readonly framework: string;
  readonly role: string;
  readonly node: string;
  readonly resources: PlainResources;
}

interface PlainFilter extends PlainOffer {
  readonly until: number;
}

interface PlainFramework {
  readonly roles: readonly string[];
  readonly isRevocable: boolean;
  readonly suppressed: Set<string>;
}

interface PlainQuota {
  readonly guarantees: PlainResources;
  readonly limits: PlainResources;
}

export class PlainMesos {
  readonly nodes = new Map<string, PlainResources>();
  readonly frameworks = new Map<string, PlainFramework>();
  readonly quotas = new Map<string, PlainQuota>();
  readonly weights = new Map<string, number>();
  readonly counts = new Map<string, number>();
  held: PlainOffer[] = [];
  filters: PlainFilter[] = [];
  now = 0;

  /** Makes one run over nodes in the orders of its two stages. */
  run(first: readonly string[], second: readonly string[]): PlainOffer[] {
    const offers: PlainOffer[] = [];
    this.filters = this.filters.filter(({ until }) => this.now < until);
    const charged = new Map<string, PlainResources>();
    let required: PlainResources = new Map();
    for (const [role, quota] of this.quotas) {
      charged.set(role, this.chargeOf(role));
      required = plus(required, minus(quota.guarantees, charged.get(role)!));
    }
    let available = this.headroom();
    const record = (framework: string, role: string, node: string, resources: PlainResources) => {
      const offer = { framework, role, node, resources };
      this.held.push(offer);
      offers.push(offer);
      for (const path of pathsTo(role)) this.bump(`role ${path}`);
      this.bump(`framework ${role} ${framework}`);
    };

    for (const node of first) {
      for (const role of this.sortedRoles()) {
        const quota = this.quotas.get(role);
        if (quota === undefined || quota.guarantees.size === 0) continue;
        if (this.availableOn(node).size === 0) break;
        let unmet = minus(quota.guarantees, charged.get(role)!);
        if (unmet.size === 0) continue;
        for (const framework of this.sortedFrameworks(role)) {
          if (unmet.size === 0) break;
          const allowed = allocatableTo(role, this.availableOn(node));
          if (allowed.size === 0) break;
          if (!isAllocatable(allowed)) continue;
          const bundle = this.strip(allowed, framework);
          const free = filter(bundle, isFree);
          const given = shrinkToQuantities(free, unmet);
          if (given.size === 0) continue;
          let extra = minus(free, given);
          if (quota.limits.size > 0)
            extra = shrinkToLimits(extra, lessLimits(lessLimits(quota.limits, charged.get(role)!), given));
          if (required.size > 0) extra = shrinkToQuantities(extra, minus(available, required));
          const rest = filter(bundle, (key) => key.endsWith(`@${role}`) || key.includes('#') || key.endsWith('!'));
          const offer = plus(plus(given, extra), rest);
          if (!isAllocatable(offer) || this.isFiltered(framework, role, node, offer)) continue;
          record(framework, role, node, offer);
          charged.set(role, plus(charged.get(role)!, plus(given, extra)));
          unmet = minus(unmet, given);
          required = minus(required, given);
          available = minus(available, plus(given, extra));
        }
      }
    }

    for (const node of second) {
      for (const role of this.sortedRoles()) {
        if (this.availableOn(node).size === 0) break;
        for (const framework of this.sortedFrameworks(role)) {
          const allowed = allocatableTo(role, this.availableOn(node));
          if (allowed.size === 0) break;
          if (!isAllocatable(allowed)) continue;
          const bundle = this.strip(allowed, framework);
          let extra = filter(bundle, isFree);
          const quota = this.quotas.get(role);
          if (quota !== undefined && quota.limits.size > 0)
            extra = shrinkToLimits(extra, lessLimits(quota.limits, charged.get(role)!));
          if (required.size > 0) extra = shrinkToQuantities(extra, minus(available, required));
          const offer = plus(
            extra,
            filter(bundle, (key) => !isFree(key)),
          );
          if (!isAllocatable(offer) || this.isFiltered(framework, role, node, offer)) continue;
          record(framework, role, node, offer);
          if (quota !== undefined) charged.set(role, plus(charged.get(role)!, extra));
          available = minus(available, extra);
        }
      }
    }
    return merge(offers);
  }

  /** Gives back part of what is held, from one or several offers. */
  recover(framework: string, role: string, node: string, resources: PlainResources, until: number | null): void {
    let left = resources;
    this.held = this.held.flatMap((one) => {
      if (one.framework !== framework || one.role !== role || one.node !== node) return [one];
      const rest = minus(one.resources, left);
      left = minus(left, one.resources);
      return rest.size === 0 ? [] : [{ ...one, resources: rest }];
    });
    if (until !== null) this.filters.push({ framework, role, node, resources, until });
  }

  availableOn(node: string): PlainResources {
    return minus(this.nodes.get(node)!, sum(this.held.filter((one) => one.node === node)));
  }

  private chargeOf(role: string): PlainResources {
    const inside = (other: string) => other === role || other.startsWith(`${role}/`);
    const reserved = [...this.nodes.values()].map((total) =>
      scalars(filter(total, (key) => key.includes('@') && inside(key.slice(key.indexOf('@') + 1)))),
    );
    const own = this.held.filter((one) => inside(one.role)).map(({ resources }) => filter(resources, isFree));
    return [...reserved, ...own].reduce(plus, new Map());
  }

  private headroom(): PlainResources {
    const totals = [...this.nodes.values()].map(scalars).reduce(plus, new Map());
    const held = scalars(sum(this.held));
    const all = [...this.nodes.values()].map((total) => scalars(filter(total, (key) => key.includes('@'))));
    const reservedHeld = scalars(filter(sum(this.held), (key) => key.includes('@')));
    const idle = minus(all.reduce(plus, new Map()), reservedHeld);
    const revocable = [...this.nodes.keys()].map((node) =>
      scalars(filter(this.availableOn(node), (key) => key.endsWith('!'))),
    );
    return minus(minus(minus(totals, held), idle), revocable.reduce(plus, new Map()));
  }

  private sortedRoles(): string[] {
    const clients = [...new Set([...this.frameworks.values()].flatMap(({ roles }) => roles))];
    const walk = (prefix: string): string[] => {
      const children = new Set(
        clients
          .filter((client) => prefix === '' || client.startsWith(`${prefix}/`) || client === prefix)
          .map((client) => {
            if (client === prefix) return `${prefix}/.`;
            const rest = prefix === '' ? client : client.slice(prefix.length + 1);
            return prefix === '' ? rest.split('/')[0]! : `${prefix}/${rest.split('/')[0]!}`;
          }),
      );
      const key = (path: string) => {
        const isVirtual = path.endsWith('/.');
        const role = isVirtual ? path.slice(0, -2) : path;
        const inside = (other: string) => (isVirtual ? other === role : other === role || other.startsWith(`${role}/`));
        const held = sum(this.held.filter((one) => inside(one.role)));
        const count = isVirtual ? this.ownCount(role) : (this.counts.get(`role ${role}`) ?? 0);
        return { share: this.share(held) / (isVirtual ? 1 : (this.weights.get(path) ?? 1)), count, path };
      };
      return sortByKey([...children].map(key)).flatMap((path) => {
        if (path.endsWith('/.')) return [path.slice(0, -2)];
        return clients.some((client) => client.startsWith(`${path}/`)) ? walk(path) : [path];
      });
    };
    return walk('');
  }

  /** How often a role itself was allocated something, without the roles below it. */
  private ownCount(role: string): number {
    return [...this.frameworks.keys()].reduce(
      (count, framework) => count + (this.counts.get(`framework ${role} ${framework}`) ?? 0),
      0,
    );
  }

  private sortedFrameworks(role: string): string[] {
    const active = [...this.frameworks].filter(
      ([, { roles, suppressed }]) => roles.includes(role) && !suppressed.has(role),
    );
    return sortByKey(
      active.map(([name]) => ({
        share: this.share(sum(this.held.filter((one) => one.framework === name && one.role === role))),
        count: this.counts.get(`framework ${role} ${name}`) ?? 0,
        path: name,
      })),
    );
  }

  private share(held: PlainResources): number {
    const totals = [...this.nodes.values()].map(scalars).reduce(plus, new Map());
    const own = scalars(held);
    return Math.max(0, ...[...totals].map(([name, total]) => (own.get(name) ?? 0) / 1000 / (total / 1000)));
  }

  private strip(bundle: PlainResources, framework: string): PlainResources {
    return this.frameworks.get(framework)!.isRevocable ? bundle : filter(bundle, (key) => !key.endsWith('!'));
  }

  private isFiltered(framework: string, role: string, node: string, offer: PlainResources): boolean {
    return this.filters.some(
      (one) =>
        one.framework === framework &&
        one.role === role &&
        one.node === node &&
        [...offer].every(([key, amount]) => amount <= (one.resources.get(key) ?? 0)),
    );
  }

  private bump(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}

const isFree = (key: string) => !/[@!#]/.test(key);

function plus(a: PlainResources, b: PlainResources): PlainResources {
  const both = new Map(a);
  for (const [key, amount] of b) both.set(key, (both.get(key) ?? 0) + amount);
  return both;
}

export function minus(a: PlainResources, b: PlainResources): PlainResources {
  return new Map(
    [...a].map(([key, amount]) => [key, amount - (b.get(key) ?? 0)] as const).filter(([, left]) => left > 0),
  );
}

function sum(offers: readonly PlainOffer[]): PlainResources {
  return offers.map(({ resources }) => resources).reduce(plus, new Map());
}

function filter(resources: PlainResources, wanted: (key: string) => boolean): PlainResources {
  return new Map([...resources].filter(([key]) => wanted(key)));
}

/** Scalars summed over what else is said of them. */
function scalars(resources: PlainResources): PlainResources {
  const parts = [...resources].filter(([key]) => !key.includes('#'));
  return parts.reduce<PlainResources>(
    (total, [key, amount]) => plus(total, new Map([[key.split(/[@!]/)[0]!, amount]])),
    new Map(),
  );
}

function shrinkToQuantities(resources: PlainResources, target: PlainResources): PlainResources {
  return new Map(
    [...resources]
      .map(([key, amount]) => [key, Math.min(amount, target.get(key) ?? 0)] as const)
      .filter(([, kept]) => kept > 0),
  );
}

function shrinkToLimits(resources: PlainResources, limits: PlainResources): PlainResources {
  return new Map(
    [...resources]
      .map(([key, amount]) => [key, Math.min(amount, limits.get(key) ?? amount)] as const)
      .filter(([, kept]) => kept > 0),
  );
}

function lessLimits(limits: PlainResources, used: PlainResources): PlainResources {
  return new Map([...limits].map(([key, limit]) => [key, Math.max(0, limit - (used.get(key) ?? 0))]));
}

function allocatableTo(role: string, available: PlainResources): PlainResources {
  return filter(available, (key) => !key.includes('@') || pathsTo(role).includes(key.slice(key.indexOf('@') + 1)));
}

/** The defaults: 0.01 cpus or 32 mem. */
function isAllocatable(resources: PlainResources): boolean {
  const total = scalars(resources);
  return (total.get('cpus') ?? 0) >= 10 || (total.get('mem') ?? 0) >= 32_000;
}

/** `a`, `a/b`, `a/b/c`. */
function pathsTo(role: string): string[] {
  return role.split('/').map((_, i, names) => names.slice(0, i + 1).join('/'));
}

function sortByKey(keys: { share: number; count: number; path: string }[]): string[] {
  return keys
    .sort((a, b) => a.share - b.share || a.count - b.count || Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
    .map(({ path }) => path);
}

/** What both stages give of a node to a framework in a role is one offer. */
function merge(offers: readonly PlainOffer[]): PlainOffer[] {
  const merged = new Map<string, PlainOffer>();
  for (const offer of offers) {
    const key = `${offer.framework} ${offer.role} ${offer.node}`;
    const before = merged.get(key);
    merged.set(key, before === undefined ? offer : { ...offer, resources: plus(before.resources, offer.resources) });
  }
  return [...merged.values()];
}

import type { HierarchicalAllocatorOptions } from '../../src/allocators/mesos/allocator-options.ts';
import { HierarchicalAllocator } from '../../src/allocators/mesos/hierarchical-allocator.ts';
import type { InverseOffer, Offer } from '../../src/allocators/mesos/offer.ts';
import type { Bundle } from '../../src/allocators/mesos/resources/bundle.ts';
import type { Amounts, ResourceDescription } from '../../src/allocators/mesos/resources/resource-catalog.ts';
import { openStream } from '../../src/base/random.ts';
import { ManualClock } from '../../src/conformance/mesos-allocator/manual-clock.ts';

export const SECOND = 1_000_000;

/** The hierarchical allocator with a clock that a test moves by hand; it remembers all that was offered. */
export class MesosMaster {
  readonly clock = new ManualClock();
  readonly allocator: HierarchicalAllocator;
  readonly #offers: Offer[] = [];
  readonly #inverse: InverseOffer[] = [];

  constructor(options: Partial<HierarchicalAllocatorOptions> = {}) {
    this.allocator = new HierarchicalAllocator(
      { clock: this.clock, random: openStream('seed', 'mesos'), ...options },
      {
        onOffers: (_, offers) => this.#offers.push(...offers),
        onInverseOffers: (_, offers) => this.#inverse.push(...offers),
      },
    );
    this.allocator.start();
  }

  /** A bundle of scalars by name, or of described objects. */
  bundle(resources: Amounts | readonly ResourceDescription[]): Bundle {
    const { catalog } = this.allocator;
    return Array.isArray(resources) ? catalog.bundle(resources) : catalog.scalars(resources as Amounts);
  }

  node(name: string, total: Amounts | readonly ResourceDescription[], more: object = {}): void {
    this.allocator.addNode({ name, total: this.bundle(total), ...more });
  }

  framework(name: string, roles: readonly string[], more: object = {}): void {
    this.allocator.addFramework({ name, roles, ...more });
  }

  /** Does what is due and gives what was offered since, as `framework role node cpus:1 mem:512`. */
  offers(): string[] {
    return this.take().map(
      ({ framework, role, node, resources }) => `${framework} ${role} ${node} ${this.text(resources)}`,
    );
  }

  take(): Offer[] {
    this.clock.settle();
    return this.#offers.splice(0).sort((a, b) => (a.node + a.role < b.node + b.role ? -1 : 1));
  }

  inverseOffers(): string[] {
    this.clock.settle();
    return this.#inverse.splice(0).map(({ framework, node }) => `${framework} ${node}`);
  }

  /** Gives everything back that was offered since the last look. */
  declineAll(refusal?: number): void {
    for (const { framework, role, node, resources } of this.take())
      this.allocator.recover(framework, role, node, resources, refusal);
  }

  /** Moves on by seconds, over the batches on the way. */
  wait(seconds: number): void {
    this.clock.advance(seconds * SECOND);
  }

  text(resources: Bundle): string {
    return this.allocator.catalog
      .describe(resources)
      .map(({ name, value, ranges, reservations, revocable, shared }) => {
        const marks = `${reservations ? `@${reservations.at(-1)!.role}` : ''}${revocable ? '!' : ''}${shared ? '&' : ''}`;
        return `${name}${marks}:${value ?? JSON.stringify(ranges)}`;
      })
      .join(' ');
  }
}

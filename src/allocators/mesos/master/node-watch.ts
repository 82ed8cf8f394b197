import type { NodeId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import type { NodeState } from '../../../cluster/node-states.ts';
import type { ClusterView } from '../../../cluster/view.ts';
import type { AttributeValue } from '../offer-constraints.ts';
import { Bundle } from '../resources/bundle.ts';
import type { FrameworkParty } from './framework-party.ts';
import type { MasterBooks } from './master-books.ts';
import type { OfferDesk } from './offer-desk.ts';
import type { RunningTask } from './running-task.ts';

/** What the master believes of a node. */
interface Belief {
  /** When it registered; its pings count from there. */
  registered: Time;
  /** True if it has gone down since the master last heard of it: what ran there is gone. */
  isEmptied: boolean;
  /** Grows with every change, so that an earlier plan to remove it is void. */
  version: number;
}

/** What the watch has found out. */
export interface NodeNews {
  /** A task is gone: it is told to its framework, and what it held comes back. */
  lose(running: RunningTask): void;
  /** What happened on a node that was not heard of is known, or will never be. */
  hear(node: NodeId): void;
}

/**
 * Watches nodes as a master does: by their connection and by pings.
 *
 * A node that goes down is deactivated at once where that breaks its connection, else it stays on offer until it has
 * missed so many pings; then it is removed, and frameworks hear that their tasks are gone. Tasks on a node that is only
 * unreachable go on, and are known again when it is back.
 *
 * @see Mesos, src/master/master.cpp: Master::exited, SlaveObserver, markUnreachable
 */
export class NodeWatch {
  readonly #books: MasterBooks;
  readonly #desk: OfferDesk;
  readonly #news: NodeNews;
  readonly #beliefs: Belief[] = [];

  constructor(books: MasterBooks, desk: OfferDesk, news: NodeNews) {
    this.#books = books;
    this.#desk = desk;
    this.#news = news;
    for (let node = 0; node < books.view.nodeCount; node++) {
      this.#beliefs.push({ registered: 0, isEmptied: false, version: 0 });
    }
  }

  /** Forgets all nodes, as a master that begins anew. */
  forget(): void {
    this.#books.known.fill(0);
    for (const belief of this.#beliefs) belief.version++;
  }

  /** The node registers, with what runs there. */
  register(node: NodeId): void {
    const books = this.#books;
    const belief = this.#beliefs[node]!;
    this.#news.hear(node);
    books.known[node] = 1;
    belief.registered = books.now;
    belief.version++;
    if (belief.isEmptied) this.#loseAll(node);
    belief.isEmptied = false;
    const { view } = books;
    const used: { framework: string; role: string; resources: Bundle }[] = [];
    for (const { party, bundle } of books.running.on(node)) {
      if (bundle !== null) used.push({ framework: party.name, role: party.role, resources: bundle });
    }
    for (const party of books.parties) {
      for (const held of party.kept) {
        if (held.node === node) used.push({ framework: party.name, role: party.role, resources: held.bundle });
      }
    }
    const name = books.nodeName(node);
    const total = new Bundle(view.resources.map((_, r) => view.capacity(node, r)));
    books.hierarchy.addNode({ name, total, used, attributes: attributesOf(view, node) });
    if (view.nodeState(node) !== 'up') books.hierarchy.deactivateNode(name);
  }

  /** The node has changed; a master that is there learns of it as real ones do. */
  changed(node: NodeId, state: NodeState): void {
    const { flags, now } = this.#books;
    const belief = this.#beliefs[node]!;
    belief.version++;
    if (state === 'down') belief.isEmptied = true;
    if (state === 'up') this.#isBack(node, belief);
    else if (this.#books.known[node] === 0) return;
    else if (state === 'draining') this.#deactivate(node);
    else if (state === 'down' && flags.breaksConnection) this.#isDisconnected(node, belief);
    else this.#removeAt(this.#silenceNoticed(belief, now), node, belief);
  }

  /** The node is gone for good, whatever it was last heard to be. */
  giveUp(node: NodeId): void {
    if (this.#books.known[node] === 0) return;
    const belief = this.#beliefs[node]!;
    belief.version++;
    this.#remove(node, belief);
  }

  #isBack(node: NodeId, belief: Belief): void {
    const books = this.#books;
    if (books.known[node] === 0) {
      this.register(node);
      return;
    }
    this.#news.hear(node);
    if (belief.isEmptied) this.#loseAll(node);
    else this.#loseUnstarted(node);
    belief.isEmptied = false;
    belief.registered = books.now;
    books.hierarchy.activateNode(books.nodeName(node));
  }

  /** The connection is broken: nothing of it is offered, tasks that no agent could take up again are lost at once. */
  #isDisconnected(node: NodeId, belief: Belief): void {
    const { flags, now, running } = this.#books;
    this.#deactivate(node);
    for (const one of running.on(node)) if (!one.party.settings.checkpoint) this.#news.lose(one);
    this.#releaseKept(node, (party) => !party.settings.checkpoint);
    this.#removeAt(Math.min(this.#silenceNoticed(belief, now), now + flags.reregisterTimeout), node, belief);
  }

  /**
   * When a node that is silent from `time` on is given up: pings go out every timeout from its registration on; the
   * first without an answer, and so many timeouts.
   */
  #silenceNoticed({ registered }: Belief, time: Time): Time {
    const { pingTimeout, maxPingTimeouts } = this.#books.flags;
    const first = registered + Math.ceil((time - registered) / pingTimeout) * pingTimeout;
    return first + pingTimeout * maxPingTimeouts;
  }

  #deactivate(node: NodeId): void {
    const { hierarchy } = this.#books;
    hierarchy.deactivateNode(this.#books.nodeName(node));
    this.#desk.rescindNode(node);
  }

  #removeAt(time: Time, node: NodeId, belief: Belief): void {
    const { version } = belief;
    this.#books.clock.schedule(time, () => {
      if (belief.version === version && this.#books.known[node] === 1) this.#remove(node, belief);
    });
  }

  /** The node is given up. Its tasks are lost if they are gone; else they go on unseen, and hold nothing any more. */
  #remove(node: NodeId, belief: Belief): void {
    const books = this.#books;
    this.#desk.rescindNode(node);
    this.#news.hear(node);
    for (const one of books.running.on(node)) {
      if (belief.isEmptied || one.party.untold.has(one.task)) this.#news.lose(one);
      else if (one.bundle !== null) books.recoverUsed(one.party, node, one.bundle);
    }
    if (belief.isEmptied) this.#releaseKept(node, () => true);
    else {
      for (const party of books.parties) {
        for (const held of party.kept) if (held.node === node) books.recoverUsed(party, node, held.bundle);
      }
    }
    belief.isEmptied = false;
    books.known[node] = 0;
    books.hierarchy.removeNode(books.nodeName(node));
  }

  /** What was launched while the node could not be reached has never arrived there. */
  #loseUnstarted(node: NodeId): void {
    for (const one of this.#books.running.on(node)) if (one.party.untold.has(one.task)) this.#news.lose(one);
  }

  #loseAll(node: NodeId): void {
    for (const one of this.#books.running.on(node)) this.#news.lose(one);
    this.#releaseKept(node, () => true);
  }

  /** What frameworks kept of the node goes with it. */
  #releaseKept(node: NodeId, concerns: (party: FrameworkParty) => boolean): void {
    const books = this.#books;
    for (const party of books.parties) {
      if (!concerns(party)) continue;
      for (const held of [...party.kept]) {
        if (held.node !== node || held.tasks > 0) continue;
        held.isLive = false;
        party.kept.delete(held);
        books.recoverUsed(party, node, held.bundle);
        if (party.standing === 'registered') books.tell(party, () => party.scheduler.onRescinded?.(held));
      }
    }
  }
}

/** Attributes as the allocator takes them: all are text here. */
function attributesOf(view: ClusterView, node: NodeId): (readonly [string, AttributeValue])[] {
  return view.nodeAttributes(node).map(([name, value]) => [name, value]);
}

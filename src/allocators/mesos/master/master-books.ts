import { AllocatorError } from '../../../base/errors.ts';
import type { FrameworkId, NodeId } from '../../../base/ids.ts';
import { NEVER, type Time, toSeconds } from '../../../base/time.ts';
import type { ClusterView } from '../../../cluster/view.ts';
import type { Decisions } from '../../allocator.ts';
import { PartyFault } from '../../external/party-fault.ts';
import { PolicyFactKind } from '../../policy-fact.ts';
import type { HierarchicalAllocator } from '../hierarchical-allocator.ts';
import type { Bundle } from '../resources/bundle.ts';
import { DriverMisuse } from '../schedulers/driver-misuse.ts';
import type { FrameworkParty } from './framework-party.ts';
import type { MasterClock } from './master-clock.ts';
import { RunningTasks } from './running-tasks.ts';

/** How a master is set up; the defaults are those of Mesos. */
export interface MasterFlags {
  /** How long an offer may stay without an answer; null: for ever. */
  readonly offerTimeout: Time | null;
  readonly pingTimeout: Time;
  readonly maxPingTimeouts: number;
  /** How long a node that has lost its connection may take to register again. */
  readonly reregisterTimeout: Time;
  /** True if a node that goes down breaks its connection; else only its silence tells. */
  readonly breaksConnection: boolean;
  /** Over how long a time nodes and frameworks register again after the master has failed. */
  readonly registrationBackoff: Time;
  /** Until which part of the nodes is back nothing is offered, where there are quotas; and for how long at most. */
  readonly recoveryFactor: number;
  readonly recoveryTimeout: Time;
  /** How long without a start, an end or an arrival, and with nothing running, the master goes on offering. */
  readonly patience: Time;
}

/** What all parts of a master share. */
export class MasterBooks {
  readonly view: ClusterView;
  readonly clock: MasterClock;
  readonly flags: MasterFlags;
  readonly parties: FrameworkParty[] = [];
  readonly partyByName = new Map<string, FrameworkParty>();
  readonly nodeByName = new Map<string, NodeId>();
  readonly running = new RunningTasks();
  decide!: Decisions;
  /** Told of a framework that has answered offers or was woken. */
  onActed: (party: FrameworkParty) => void = () => {};
  /** Frameworks whose programs have failed them, to be disconnected when it is their turn. */
  readonly faulty: FrameworkParty[] = [];
  /** True while there is no master, or it only reads what happened meanwhile: the allocator's books are not touched. */
  isRecovering = false;
  #hierarchy!: HierarchicalAllocator;
  /** By node: 1 while the master counts it among its own. */
  readonly known: Uint8Array;
  readonly #nodeNames: string[] = [];
  readonly #fact = { kind: 0, framework: -1, node: -1, length: 0, count: 1, amounts: undefined as unknown };

  constructor(view: ClusterView, clock: MasterClock, flags: MasterFlags) {
    this.view = view;
    this.clock = clock;
    this.flags = flags;
    this.known = new Uint8Array(view.nodeCount);
    for (let node = 0; node < view.nodeCount; node++) {
      const name = view.nodeName(node);
      this.#nodeNames.push(name);
      this.nodeByName.set(name, node);
    }
  }

  get now(): Time {
    return this.clock.now;
  }

  /** The allocator; whatever is done to it may give the next batch something to offer. */
  get hierarchy(): HierarchicalAllocator {
    this.clock.touch();
    return this.#hierarchy;
  }

  /** The same, to look at and not to change: nothing is noted. */
  get shownHierarchy(): HierarchicalAllocator {
    return this.#hierarchy;
  }

  set hierarchy(hierarchy: HierarchicalAllocator) {
    this.#hierarchy = hierarchy;
  }

  nodeName(node: NodeId): string {
    return this.#nodeNames[node]!;
  }

  /** Gives back what was in use. */
  recoverUsed(party: FrameworkParty, node: NodeId, bundle: Bundle): void {
    this.#recover(party, node, bundle, 0, true);
  }

  /** Gives back what was offered, and has it refused for so long. */
  recoverOffered(party: FrameworkParty, node: NodeId, bundle: Bundle, refusal: Time = 0): void {
    this.#recover(party, node, bundle, refusal, false);
  }

  /** Gives resources back to the allocator, unless there is none, or it does not know the node (any more). */
  #recover(party: FrameworkParty, node: NodeId, bundle: Bundle, refusal: Time, wasUsed: boolean): void {
    if (this.isRecovering || this.known[node] === 0) return;
    this.hierarchy.recover(party.name, party.role, this.nodeName(node), bundle, refusal, wasUsed);
  }

  record(
    kind: number,
    framework: FrameworkId,
    node: NodeId,
    amounts?: ArrayLike<number>,
    length: Time = 0,
    count = 1,
  ): void {
    const fact = this.#fact;
    Object.assign(fact, { kind, framework, node, length, count, amounts });
    this.decide.record(fact as Parameters<Decisions['record']>[0]);
  }

  /** Calls a framework's scheduler, which may break its contract. */
  tell(party: FrameworkParty, call: () => void): void {
    try {
      call();
    } catch (error) {
      if (error instanceof DriverMisuse) {
        throw new AllocatorError('mesos', `framework ${party.name} at ${toSeconds(this.now)} s: ${error.message}`);
      }
      const { scheduler } = party.settings;
      if (!(error instanceof PartyFault && 'command' in scheduler && scheduler.onError === 'deactivate')) throw error;
      this.record(PolicyFactKind.fault, party.id, -1);
      this.faulty.push(party);
    } finally {
      party.work.forgetTrials();
    }
  }

  /** Wakes a framework at that time, unless it registers anew before. */
  wakeParty(party: FrameworkParty, time: Time): void {
    if (!(time >= this.now && time < NEVER)) throw new DriverMisuse(`asked to be woken at ${time} us`);
    if (party.wakeAt === time) return;
    party.wakeAt = time;
    const { session } = party;
    this.clock.schedule(time, () => {
      if (party.session !== session) return;
      party.wakeAt = Number.NaN;
      this.tell(party, () => party.scheduler.onWake?.());
      this.onActed(party);
    });
  }
}

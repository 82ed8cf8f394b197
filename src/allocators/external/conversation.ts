import { type Channel, ChannelError } from '../../base/channel.ts';
import { AllocatorError } from '../../base/errors.ts';
import type { Time } from '../../base/time.ts';
import { DriverMisuse } from '../mesos/schedulers/driver-misuse.ts';
import { type DecisionOf, type Fields, isObject, readDecision, wrongField } from './answer-fields.ts';
import { PartyFault } from './party-fault.ts';
import { WrongDecision } from './wrong-decision.ts';

/** The version of the protocol that this program speaks; see docs/formats/external.md. */
export const PROTOCOL_VERSION = 1;

/** How much of a line an error shows. */
const SHOWN = 160;

/** Who is talked to, and how. */
export interface ConversationParts {
  readonly channel: Channel;
  /** `framework A`, or `allocator external`. */
  readonly party: string;
  /** How long the party may take for an answer, milliseconds of the world's own time. */
  readonly limitMs: number;
  readonly now: () => Time;
  /** What the first message says beside version and type; made when it is sent. */
  readonly hello: () => object;
}

/** What is done on each type of decision. */
export type Actions<Forms extends Readonly<Record<string, Fields>>> = {
  readonly [T in keyof Forms]: (decision: Extract<DecisionOf<Forms>, { readonly type: T }>) => void;
};

/** Talks to a party in JSON, and holds it to the form of its answers. The first question is led by the handshake. */
export class Conversation<Forms extends Readonly<Record<string, Fields>>> {
  readonly #parts: ConversationParts;
  readonly #forms: Forms;
  #greeted = false;
  #closed = false;

  constructor(parts: ConversationParts, forms: Forms) {
    this.#parts = parts;
    this.#forms = forms;
  }

  /** True when nothing more is asked of the party. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /**
   * Sends a message and has the decisions that come back done, in order; their form is checked before the first is.
   *
   * @throws PartyFault if there is no answer, or a wrong one; the party is closed then.
   */
  ask(message: object, actions: Actions<Forms>): void {
    if (this.#closed) return;
    if (!this.#greeted) {
      this.#greeted = true;
      this.#greet();
    }
    const line = this.#exchange(message);
    const answer = this.#parse(line);
    const problem = wrongField(answer, { v: 'id', decisions: 'list' });
    if (problem !== null) this.#refuse(`its answer ${problem}`, line);
    const decisions = (answer['decisions'] as readonly unknown[]).map((value, i) => {
      const decision = readDecision(value, this.#forms);
      return typeof decision === 'string' ? this.#refuse(`its decision ${i + 1} ${decision}`, line) : decision;
    });
    for (const decision of decisions) {
      try {
        actions[decision.type](decision as never);
      } catch (error) {
        const misuse = misuseIn(error);
        if (misuse === null) throw error;
        this.#refuse(misuse, line);
      }
    }
  }

  close(): void {
    this.#closed = true;
    this.#parts.channel.close();
  }

  #greet(): void {
    const line = this.#exchange({ type: 'hello', ...this.#parts.hello() });
    const answer = this.#parse(line);
    const problem = wrongField(answer, { v: 'id', type: 'text' });
    if (answer['type'] !== 'ready') this.#refuse('it did not answer `hello` with `ready`', line);
    if (problem !== null) this.#refuse(`its \`ready\` ${problem}`, line);
  }

  #exchange(message: object): string {
    const { channel, limitMs } = this.#parts;
    try {
      return channel.exchange(JSON.stringify({ v: PROTOCOL_VERSION, ...message }), limitMs);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      return this.#fail(error.message);
    }
  }

  /** Gives an answer that is an object of this version. */
  #parse(line: string): Readonly<Record<string, unknown>> {
    let answer: unknown;
    try {
      answer = JSON.parse(line);
    } catch {
      return this.#refuse('its answer is no JSON', line);
    }
    if (!isObject(answer)) return this.#refuse('its answer is no JSON object', line);
    const { v } = answer;
    if (v === undefined) return this.#refuse('its answer lacks the version of the protocol, `v`', line);
    if (v === PROTOCOL_VERSION) return answer;
    return this.#refuse(`it speaks version ${JSON.stringify(v)} of the protocol, this is ${PROTOCOL_VERSION}`, line);
  }

  #refuse(problem: string, line: string): never {
    const shown = line.length > SHOWN ? `${line.slice(0, SHOWN)}… (${line.length} characters)` : line;
    return this.#fail(`${problem}; it said: ${shown.replace(/\p{Cc}/gu, '·')}`);
  }

  #fail(problem: string): never {
    const { party, now } = this.#parts;
    this.close();
    throw new PartyFault(party, now(), problem);
  }
}

/** What the other side did wrong, where that is why its decision could not be done; else null. */
function misuseIn(error: unknown): string | null {
  if (error instanceof AllocatorError) return error.problem;
  return error instanceof WrongDecision || error instanceof DriverMisuse ? error.message : null;
}

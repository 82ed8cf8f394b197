import type { Channel } from '../../src/base/channel.ts';

/** A message as the other side gets it. */
// biome-ignore lint/suspicious/noExplicitAny: what JSON holds.
export type Message = any;

/**
 * Plays the other side: `hello` is answered with `ready` unless told otherwise, everything else by `answer`.
 *
 * An answer is a list of decisions, text to be sent as it is, or an error to throw.
 */
export class ScriptedChannel implements Channel {
  /** All messages, the handshake first. */
  readonly messages: Message[] = [];
  readonly limits: number[] = [];
  isClosed = false;
  ready = '{"v":1,"type":"ready"}';
  answer: (message: Message) => readonly object[] | string | Error;

  constructor(answer: ScriptedChannel['answer'] = () => []) {
    this.answer = answer;
  }

  exchange(text: string, limitMs: number): string {
    if (this.isClosed) throw new Error('asked after it was closed');
    const message = JSON.parse(text) as Message;
    this.messages.push(message);
    this.limits.push(limitMs);
    if (message.type === 'hello') return this.ready;
    const answer = this.answer(message);
    if (answer instanceof Error) throw answer;
    return typeof answer === 'string' ? answer : JSON.stringify({ v: 1, decisions: answer });
  }

  close(): void {
    this.isClosed = true;
  }
}

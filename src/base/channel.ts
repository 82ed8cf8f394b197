/**
 * A party outside of this program, one question and one answer at a time; the caller waits.
 *
 * Neither question nor answer holds a line feed.
 */
export interface Channel {
  /**
   * Sends a message and gives the answer to it.
   *
   * @param limitMs how long to wait, milliseconds.
   * @throws ChannelError if there is no answer; from then on, every exchange throws it again.
   */
  exchange(message: string, limitMs: number): string;
  /** Tells the party that nothing more will come, and returns when it is gone. */
  close(): void;
}

/** Opens a channel to a program, given as the words of its command line. */
export type OpenChannel = (command: readonly string[]) => Channel;

/** Why a party gave no answer: it never was there, it is gone, it took too long, or what it said is no line of text. */
export type ChannelTrouble = 'start' | 'exit' | 'time' | 'line';

/** There is no answer, and there will be none; the message says why in words that follow the name of the party. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  readonly trouble: ChannelTrouble;

  constructor(trouble: ChannelTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

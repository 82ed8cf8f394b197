import type { Channel, OpenChannel } from '../base/channel.ts';

/** Keeps the channels that a run opens, so that all of them can be closed when it is over. */
export class Channels {
  /** Absent where no programs can be started. */
  readonly open: OpenChannel | undefined;
  readonly #opened: Channel[] = [];

  constructor(open: OpenChannel | undefined) {
    this.open =
      open &&
      ((command) => {
        const channel = open(command);
        this.#opened.push(channel);
        return channel;
      });
  }

  close(): void {
    for (const channel of this.#opened) channel.close();
  }
}

/** A Redis that was there does not answer any more, or has fallen to somebody else. */
export class RedisFault extends Error {
  override readonly name = 'RedisFault';
}

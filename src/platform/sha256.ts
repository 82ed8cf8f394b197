import { createHash } from 'node:crypto';
import type { Hasher } from '../base/hasher.ts';

/** Opens a SHA-256 on Node's own cryptography. */
export function sha256(): Hasher {
  const hash = createHash('sha256');
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => hash.digest('hex'),
  };
}

import { deflateSync } from 'node:zlib';

/** Deflates bytes, with the header of zlib, and writes them in base64. */
export function deflateBase64(bytes: Uint8Array): string {
  return deflateSync(bytes, { level: 9 }).toString('base64');
}

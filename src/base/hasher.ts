/** Takes bytes and gives their digest; platform-specific code implements it. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** The digest in lower-case hexadecimal; the hasher is used up. */
  hex(): string;
}

/** The public API of allot on Node: the engine, and what it needs of the platform. */
export { nodeServices } from './cli/services.ts';
export * from './engine.ts';
export { openBytes, sha256OfFile } from './platform/files.ts';
export { sha256 } from './platform/sha256.ts';

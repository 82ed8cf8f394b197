import type { AllocatorDefinition } from './allocator.ts';
import { conservative } from './conservative.ts';
import { drf } from './drf.ts';
import { easy } from './easy.ts';
import { fifo } from './fifo.ts';
import { ordered } from './ordered.ts';
import { random } from './random.ts';

/** Every allocator there is. */
export const allocators: readonly AllocatorDefinition[] = [fifo, ...ordered, easy, conservative, drf, random];

export function findAllocator(name: string): AllocatorDefinition | undefined {
  return allocators.find((definition) => definition.name === name);
}

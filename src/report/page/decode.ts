import { type PackEntry, type PackedArray, unpack } from '../pack.ts';

/** Gives the arrays that an element of the page holds, deflated and in base64. */
export async function decode(id: string, entries: readonly PackEntry[]): Promise<Record<string, PackedArray>> {
  const text = atob(document.getElementById(id)!.textContent ?? '');
  const packed = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return unpack(entries, new Uint8Array(await new Response(stream).arrayBuffer()));
}

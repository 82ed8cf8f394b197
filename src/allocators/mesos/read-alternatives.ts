import type { Amounts } from './resources/resource-catalog.ts';

/**
 * Reads alternatives as the flag of a master has them, `cpus:0.01|mem:32` or `cpus:1;mem:64`, in units.
 *
 * @returns null where the text is none; no alternative for `none`.
 */
export function readAlternatives(text: string): readonly Amounts[] | null {
  if (text === 'none' || text === '') return [];
  const alternatives: Amounts[] = [];
  for (const alternative of text.split('|')) {
    const amounts: Record<string, number> = {};
    for (const part of alternative.split(';')) {
      const match = /^\s*([^\s:]+)\s*:\s*(\d+(?:\.\d+)?)\s*$/.exec(part);
      if (match === null) return null;
      amounts[match[1]!] = Number(match[2]);
    }
    alternatives.push(amounts);
  }
  return alternatives;
}

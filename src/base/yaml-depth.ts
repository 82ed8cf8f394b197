import type { CST } from 'yaml';

/** Gives where the nesting of a text's tokens passes `depth`, found without recursion; undefined where it never does. */
export function offsetBelow(tokens: readonly CST.Token[], depth: number): number | undefined {
  const open = tokens.map((token) => ({ token, level: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, level } = next;
    if (level > depth) return token.offset;
    if (token.type === 'document' && token.value) open.push({ token: token.value, level });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, level: level + 1 });
      if (value) open.push({ token: value, level: level + 1 });
    }
  }
  return undefined;
}

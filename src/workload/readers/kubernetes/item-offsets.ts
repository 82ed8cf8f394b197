const [QUOTE, ESCAPE, OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP, COMMA] = [34, 92, 91, 93, 123, 125, 44];
const ITEMS = '"items"';

/** Gives where in a JSON text each item begins, of the list that the text is or of the list `items` of its mapping. */
export function itemOffsets(text: string): number[] {
  let offsets: number[] = [];
  let depth = 0;
  /** How deep the list is whose items are looked for; 0 outside of it. */
  let inside = 0;
  let isAwaited = false;
  let lastText = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32) continue;
    if (isAwaited && code !== CLOSE_LIST) offsets.push(i);
    isAwaited = false;
    if (code === QUOTE) {
      const start = i;
      for (i++; i < text.length && text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === ESCAPE) i++;
      if (depth === 1) lastText = text.slice(start, i + 1);
    } else if (code === OPEN_LIST || code === OPEN_MAP) {
      depth++;
      if (code === OPEN_LIST && (depth === 1 || (depth === 2 && lastText === ITEMS))) {
        inside = depth;
        isAwaited = true;
        // Of a key that stands twice the last one counts.
        offsets = [];
      }
    } else if (code === CLOSE_LIST || code === CLOSE_MAP) {
      depth--;
      if (depth < inside) inside = 0;
    } else if (code === COMMA && inside > 0 && depth === inside) {
      isAwaited = true;
    }
  }
  return offsets;
}

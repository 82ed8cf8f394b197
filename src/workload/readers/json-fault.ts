/** Where a text stops being JSON, and what is wrong there. */
export interface JsonFault {
  /** Counts UTF-16 units from 0. */
  readonly at: number;
  readonly message: string;
}

const PLAIN = /(?:[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const QUOTE = 34;
const BACKSLASH = 92;

/** What may come next: a value, a value or the end of a list, a key, a key or the end of an object, and so on. */
type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'comma' | 'end';

/**
 * Finds the first fault of a text that is not JSON; null where it is JSON.
 *
 * Engines tell the place each in words of their own, and some not at all.
 *
 * @see RFC 8259
 */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  const afterValue = (): Wanted => (open.length === 0 ? 'end' : 'comma');
  let at = 0;
  for (;;) {
    const start = behindBlanks(text, at);
    if (start === text.length) {
      if (wanted === 'end') return null;
      const missing = open.length === 0 ? 'a value' : open.at(-1) === '{' ? 'a closing }' : 'a closing ]';
      return { at: start, message: `the text ends where ${missing} is missing` };
    }
    const isText = text.charCodeAt(start) === QUOTE;
    at = isText ? behindText(text, start) : behindPlain(text, start);
    if (at < 0) {
      return { at: start, message: isText ? 'a text that does not end, or holds a control character' : found() };
    }
    const mark = at === start + 1 && '{}[],:'.includes(text[start]!) ? text[start] : undefined;
    if (mark === undefined) {
      if (wanted === 'value' || wanted === 'value or ]') wanted = afterValue();
      else if ((wanted === 'key' || wanted === 'key or }') && isText) wanted = ':';
      else return { at: start, message: found() };
    } else if ((mark === '{' || mark === '[') && (wanted === 'value' || wanted === 'value or ]')) {
      open.push(mark);
      wanted = mark === '{' ? 'key or }' : 'value or ]';
    } else if (mark === '}' && open.at(-1) === '{' && (wanted === 'key or }' || wanted === 'comma')) {
      open.pop();
      wanted = afterValue();
    } else if (mark === ']' && open.at(-1) === '[' && (wanted === 'value or ]' || wanted === 'comma')) {
      open.pop();
      wanted = afterValue();
    } else if (mark === ':' && wanted === ':') wanted = 'value';
    else if (mark === ',' && wanted === 'comma') wanted = open.at(-1) === '{' ? 'key' : 'value';
    else return { at: start, message: found() };

    function found(): string {
      const what = wanted === 'comma' ? (open.at(-1) === '{' ? ', or }' : ', or ]') : wanted;
      return `${JSON.stringify(text.slice(start, start + 12).split('\n')[0])} stands where ${
        what === 'end' ? 'the text should end' : `${what} should be`
      }`;
    }
  }
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at;
}

/** Where a number, word or mark ends that begins at `from`; -1 where there is none. */
function behindPlain(text: string, from: number): number {
  PLAIN.lastIndex = from;
  return PLAIN.test(text) ? PLAIN.lastIndex : -1;
}

/** Where the text in quotes ends that begins at `from`; -1 where it does not, or is none. A loop: it may be any length. */
function behindText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 32) return -1;
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return -1;
      at = ESCAPE.lastIndex;
    } else at++;
  }
  return -1;
}

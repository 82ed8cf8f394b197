import { stripVTControlCharacters } from 'node:util';

/** Text in which each character takes one column, as nearly all is. */
const PLAIN = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2500-\u25fc\u2713\u2717]*$/;
const NO_COLUMN = /^[\p{Control}\p{Mark}\p{Default_Ignorable_Code_Point}]/u;
const TWO_COLUMNS =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/**
 * Gives how many columns of a terminal a text takes, escape sequences of colour not counted.
 *
 * The bundle takes this for `string-width`, which needs 30 ms of each start to prepare for the scripts of the world.
 */
export default function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const bare = stripVTControlCharacters(text);
  if (PLAIN.test(bare)) return bare.length;
  let width = 0;
  for (const character of bare) width += NO_COLUMN.test(character) ? 0 : TWO_COLUMNS.test(character) ? 2 : 1;
  return width;
}

/**
 * Characters that nobody sees but that change what others read: they turn the direction of the text (U+202E), join or
 * part words (U+200B, U+00AD), or stand for a letter without being one (U+3164). Two texts that differ by them look
 * alike, and a line on a label or in an operator's tool can be made to look like another one. Unicode's format
 * characters (Cf) and its default ignorable code points, without the few Arabic and Kaithi signs of Cf that are drawn;
 * the empty Braille cell, which is drawn as a space; and private and unassigned-for-ever code points, which each reader
 * draws as it likes (Co, noncharacters).
 */
const HIDDEN =
  /[[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}\u2800\ufffc]--[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]]/v;

/** Control characters, including line breaks, and unpaired surrogates, which are not Unicode text (RFC 7493). */
const BROKEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/v;

/** A mark above or below a letter that already has more than writing needs. A stack of them covers other lines. */
const STACKED = /(?<=\p{M}{6})\p{M}/v;

/**
 * Where writing needs a hidden character: the joiners U+200C and U+200D in a word of a script that joins or stacks its
 * letters (Persian, Hindi, Sinhala and others), the joiner between two pictures, and a variation selector behind a
 * character that has variants: an ideograph (Japanese names), a letter of Burmese or 'Phags-pa, a picture, a sign.
 * Behind a Latin letter it changes nothing that anybody sees.
 */
const NEEDED = new RegExp(
  [
    '(?<=[[[\\p{L}\\p{M}]--\\p{DI}]&&[' +
      [
        'Arab', 'Syrc', 'Mong', 'Nkoo', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym',
        'Sinh', 'Khmr', 'Mymr', 'Tibt',
      ].map((script) => `\\p{scx=${script}}`).join('') +
      ']])[\\u200c\\u200d](?![\\u200c\\u200d])',
    '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Script=Han})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
    '(?<=[\\p{scx=Mymr}\\p{scx=Phag}\\p{Extended_Pictographic}\\p{Emoji_Modifier_Base}\\p{Sm}])[\\ufe00-\\ufe0f]',
    '(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
    '(?<=[\\p{L}&&\\p{scx=Mong}])[\\u180b-\\u180f]',
  ].join('|'),
  'gv',
); // biome-ignore format: a list of scripts reads better in columns

const UNUSABLE = new RegExp(`${BROKEN.source}|${HIDDEN.source}|${STACKED.source}`, 'gv');

/**
 * The first character of the text that no name, address or other text from outside may hold, as `U+202E`; undefined
 * when there is none. Labels, declarations and operators' tools either refuse such text or show something else.
 */
export function unusableCharacter(text: string): string | undefined {
  if (!isSuspect(text)) return undefined;
  const found = text.replace(NEEDED, '').match(UNUSABLE)?.[0]?.codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The text without hidden characters, and with a space in the place of control characters and line breaks. For texts
 * of partners, who can't be asked to write them again.
 */
export function plainText(text: string): string {
  if (!isSuspect(text)) return text;
  const needed = new Set([...text.matchAll(NEEDED)].map(({ index }) => index));
  return text.replace(UNUSABLE, (character, index: number) =>
    needed.has(index) ? character : BROKEN.test(character) ? ' ' : '',
  );
}

/** Whether the text has a hidden character, needed or not, or stacked marks. Most texts need no closer look. */
export function hasHidden(text: string): boolean {
  return HIDDEN.test(text) || STACKED.test(text);
}

const isSuspect = (text: string) => hasHidden(text) || BROKEN.test(text);

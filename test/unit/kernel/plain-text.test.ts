import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, unusableCharacter } from '../../../shared/kernel/plain-text.ts';

/** Unicode 16, bidirectional controls (UAX 9) and the characters without width that are copied by accident. */
const hidden = [
  ...['\u00ad', '\u034f', '\u061c', '\u200b', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c'],
  ...['\u202d', '\u202e', '\u2060', '\u2061', '\u2064', '\u2066', '\u2067', '\u2068', '\u2069', '\u206f'],
  ...['\u3164', '\uffa0', '\ufeff', '\ufff9', '\u{e0001}', '\u{e0041}'],
  ...['\u2800', '\ufffc', '\ue000', '\u{f0000}', '\u{10fffd}', '\ufdd0', '\uffff', '\u{1fffe}'],
];

const broken = ['\u0000', '\n', '\r', '\t', '\u007f', '\u0085', '\u2028', '\u2029', '\ud800', '\udfff'];

const joining = ['\u200c', '\u200d', '\ufe0f', '\u180b', '\u180e', '\u{e0100}', 'ی', 'क', 'ᠠ', '👩'];

const visible = fc
  .string({ unit: 'grapheme' })
  .map((text) => [...text].filter((character) => /[\p{L}\p{N}\p{P}\p{S} ]/v.test(character)).join(''))
  // An empty Braille cell and the place of a missing object are symbols by their category, and refused.
  .map((text) => text.replace(/[\p{DI}\p{Cf}\u2800\ufffc]/gv, ''));

describe('text from outside', () => {
  it('has no hidden, control or broken character, wherever it stands', () => {
    fc.assert(
      fc.property(visible, fc.constantFrom(...hidden, ...broken), visible, (before, character, after) => {
        const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
        expect(unusableCharacter(`${before}${character}${after}`)).toBe(`U+${code}`);
      }),
    );
  });

  it('may be in any alphabet', () => {
    fc.assert(
      fc.property(visible, (text) => unusableCharacter(text) === undefined && plainText(text) === text),
    );
  });

  it.each([
    ['a Persian word with a non-joiner', 'می\u200cخواهم'],
    ['a Hindi conjunct that is not to be stacked', 'क्\u200dष'],
    ['a Sinhala name', 'ශ්\u200dරී ලංකා'],
    ['a Malayalam word that ends in a joiner', 'അവന്\u200d'],
    ['the Japanese place with its own form of a character', '葛\u{e0100}城市'],
    ['a family in one picture', '👩\u200d👩\u200d👧'],
    ['a heart in colour', '❤\ufe0f'],
    ['an Arabic number sign, which is drawn', '\u0600123'],
    ['a Mongolian word', 'ᠠ\u180bᠪ'],
    ['a number in a key', '1\ufe0f\u20e3'],
    ['a Burmese letter with a dot', 'က\ufe00'],
    ['a Vietnamese name whose marks are written apart', 'Nguye\u0302\u0303n'],
    ['a Tibetan stack', 'བསྒྲུབས'],
    ['Hebrew with points and accents', 'בְּרֵאשִׁ֖ית'],
    ['Thai marks', 'ที่น้ำ'],
  ])('keeps what writing needs: %s', (_, text) => {
    expect(unusableCharacter(text)).toBeUndefined();
    expect(plainText(text)).toBe(text);
  });

  it.each([
    ['a joiner in a Latin word', 'a\u200db', 'U+200D'],
    ['a non-joiner in a Latin word', 'a\u200cb', 'U+200C'],
    ['two non-joiners in a row', 'می\u200c\u200cخ', 'U+200C'],
    ['a non-joiner that begins the text', '\u200cمی', 'U+200C'],
    ['a variation selector behind nothing', '\ufe0fa', 'U+FE0F'],
    ['two variation selectors', '葛\u{e0100}\u{e0101}', 'U+E0101'],
    ['a variation selector behind a Latin letter', 'Er\ufe0fika', 'U+FE0F'],
    ['an ideographic variation selector behind a Cyrillic letter', 'Ив\u{e0100}ан', 'U+E0100'],
    ['a variation selector behind a digit', 'Weg 1\ufe0f', 'U+FE0F'],
    ['a variation selector behind a comma', 'Weg,\ufe0f 1', 'U+FE0F'],
    ['a stack of marks on a letter', `E${'\u0301'.repeat(7)}rika`, 'U+0301'],
    ['a stack of different marks', `E${'\u0301\u0323\u0336'.repeat(3)}rika`, 'U+0301'],
  ])('refuses %s', (_, text, character) => {
    expect(unusableCharacter(text)).toBe(character);
  });
});

describe('text of a partner', () => {
  it('loses hidden characters and gets spaces for line breaks', () => {
    expect(plainText('Signed by \u202eeoD oJ\u202c\u200b\nat the door')).toBe('Signed by eoD oJ at the door');
  });

  it('holds nothing unusable afterwards', () => {
    const any = fc.array(fc.oneof(fc.constantFrom(...hidden, ...broken, ...joining), fc.string()));
    fc.assert(
      fc.property(any, (parts) => unusableCharacter(plainText(parts.join(''))) === undefined),
      {
        numRuns: 3_000,
      },
    );
  });
});

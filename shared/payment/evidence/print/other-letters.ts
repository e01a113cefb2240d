import { existsSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** The fonts for letters that the first one has not, each of some scripts. */
type LetterFont =
  | `noto-sans-${'sc' | 'tc' | 'jp' | 'kr'}`
  | `noto-sans-${'thai' | 'devanagari' | 'bengali' | 'tamil'}`;

/** Beside a function's code, otherwise beside this file. */
const FOLDER = new URL('./letters/', import.meta.url);

/** Of a script with one font. */
const scripts: readonly (readonly [RegExp, LetterFont])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'noto-sans-jp'],
  [/\p{Script=Hangul}/u, 'noto-sans-kr'],
  [/\p{Script=Thai}/u, 'noto-sans-thai'],
  [/\p{Script=Devanagari}/u, 'noto-sans-devanagari'],
  [/\p{Script=Bengali}/u, 'noto-sans-bengali'],
  [/\p{Script=Tamil}/u, 'noto-sans-tamil'],
];

/** Chinese characters, and signs that are written among them. */
const HAN = /[\p{Script=Han}\p{Script=Bopomofo}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u;

/**
 * The fonts that may have the letter, the best first. A Chinese character has the same code in every language and
 * another form: that of Japan among kana, that of Korea among Hangul, otherwise that of the mainland, or of Taiwan and
 * Hong Kong where the mainland does not write it.
 */
export function fontsFor(letter: string, text: string): readonly LetterFont[] {
  if (HAN.test(letter)) {
    if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return ['noto-sans-jp', 'noto-sans-tc'];
    if (/\p{Script=Hangul}/u.test(text)) return ['noto-sans-kr', 'noto-sans-tc', 'noto-sans-sc'];
    return ['noto-sans-sc', 'noto-sans-tc', 'noto-sans-jp'];
  }
  return scripts.flatMap(([letters, font]) => (letters.test(letter) ? [font] : []));
}

/** The file of a font; undefined where the deployment left it out. */
export function letterFile(font: LetterFont): Buffer | undefined {
  const file = new URL(`${font}.ttf.br`, FOLDER);
  return existsSync(file) ? brotliDecompressSync(readFileSync(file)) : undefined;
}

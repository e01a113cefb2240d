/** A text in letters that the document can't print, as it was written. */
interface MissingText {
  /** What is printed in its place: `[1]`. */
  readonly mark: string;
  readonly script: string;
  readonly text: string;
}

/** The scripts of texts that occur in names and addresses, by their names in the Unicode Standard (UAX 24). */
const scripts: readonly (readonly [string, RegExp])[] = [
  ['Hiragana', /\p{Script=Hiragana}/u],
  ['Katakana', /\p{Script=Katakana}/u],
  ['Hangul', /\p{Script=Hangul}/u],
  ['Han', /\p{Script=Han}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Bengali', /\p{Script=Bengali}/u],
  ['Tamil', /\p{Script=Tamil}/u],
  ['Telugu', /\p{Script=Telugu}/u],
  ['Khmer', /\p{Script=Khmer}/u],
];

/** The texts of one document that can't be printed, each with its mark: the same text has the same mark. */
export class MissingTexts {
  readonly #texts = new Map<string, MissingText>();

  markOf(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known.mark;
    const names = scripts.filter(([, letters]) => letters.test(text)).map(([name]) => name);
    const made = { mark: `[${this.#texts.size + 1}]`, script: names.join(', ') || 'other', text };
    this.#texts.set(text, made);
    return made.mark;
  }

  /** In the order of their marks. */
  all(): readonly MissingText[] {
    return [...this.#texts.values()];
  }
}

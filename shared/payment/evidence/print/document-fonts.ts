import { fontsFor, letterFile } from './other-letters.ts';

/** A font as the library holds it. Heights are thousandths of the size. */
interface HeldFont {
  readonly ascender: number;
  readonly font?: { hasGlyphForCodePoint(codePoint: number): boolean };
}

/** What the document knows of its current font. */
interface WithFont {
  readonly _font?: HeldFont;
}

/** A part of a line in one font. */
interface FontRun {
  readonly text: string;
  readonly font: string;
}

/** The name of the font with which a document begins. */
const FIRST = 'first';

/**
 * The fonts of one document: the first one, and those for letters that it has not. Such a font is read when a text
 * needs it, and the document gets the letters that are printed.
 */
export class DocumentFonts {
  readonly #document: PDFKit.PDFDocument;
  readonly #held = new Map<string, HeldFont | undefined>();

  constructor(document: PDFKit.PDFDocument, first: Buffer) {
    this.#document = document;
    this.#hold(FIRST, first);
  }

  /** Whether a font has each letter of the text: asked for one letter of it at a time. */
  has(letter: string, text: string): boolean {
    return this.#fontOf(letter, text) !== undefined;
  }

  /** The parts of a line, each in the font that has its letters. Spaces and marks stay with what is before them. */
  runsOf(line: string): FontRun[] {
    const runs: FontRun[] = [];
    for (const letter of line) {
      const last = runs.at(-1);
      const isPart = last !== undefined && /[\s\p{M}]/u.test(letter) && this.#has(last.font, letter);
      const font = isPart ? last.font : (this.#fontOf(letter, line) ?? FIRST);
      if (last?.font === font) runs[runs.length - 1] = { text: last.text + letter, font };
      else runs.push({ text: letter, font });
    }
    return runs;
  }

  /** Makes it the font of the document. Gives how much lower its letters begin than those of the first one. */
  use(font: string, size: number): number {
    this.#document.font(font);
    const below = (this.#held.get(FIRST)?.ascender ?? 0) - (this.#held.get(font)?.ascender ?? 0);
    return (below * size) / 1_000;
  }

  #fontOf(letter: string, text: string): string | undefined {
    if (this.#has(FIRST, letter)) return FIRST;
    return fontsFor(letter, text).find((font) => {
      if (!this.#held.has(font)) this.#hold(font, letterFile(font));
      return this.#has(font, letter);
    });
  }

  #has(font: string, letter: string): boolean {
    return this.#held.get(font)?.font?.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0) ?? false;
  }

  #hold(name: string, file: Buffer | undefined): void {
    if (file !== undefined) {
      this.#document.registerFont(name, file);
      this.#document.font(name);
    }
    this.#held.set(name, file === undefined ? undefined : (this.#document as unknown as WithFont)._font);
    if (name !== FIRST) this.#document.font(FIRST);
  }
}

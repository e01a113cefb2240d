import PDFDocument from 'pdfkit';
import type { EvidencePack } from '../evidence-pack.ts';
import { type PackSection, timeText } from '../pack-section.ts';
import { fontFile } from './font-file.ts';
import { MissingTexts } from './missing-texts.ts';
import { linesOf, printable, visualRuns } from './text-runs.ts';

/** Points: a 72nd of an inch. A4. */
const [WIDTH, HEIGHT, MARGIN] = [595.28, 841.89, 48];
const INNER = WIDTH - 2 * MARGIN;
const BOTTOM = HEIGHT - MARGIN - 20;
const SIZES = { title: 17, heading: 12, text: 8.5, foot: 7 } as const;
const LINE = 1.35;
const GREY = '#555555';
/** The part of the width that the names of pairs have. */
const NAMES = 0.28;
const GAP = 6;

/**
 * Prints the evidence as a PDF of A4 pages. The same pack gives the same bytes: the time of the document is that of the
 * pack. The font has Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian letters. A text in other letters is
 * printed as a mark, the last page lists the marks, and the attached file `texts.json` has the texts.
 */
export async function printPack(pack: EvidencePack): Promise<Uint8Array> {
  const made = new Date(pack.asOf);
  const document = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margin: MARGIN,
    bufferPages: true,
    // The standard fonts, which have no Greek or Cyrillic letters, are not loaded.
    font: fontFile() as unknown as string,
    info: { Title: pack.title, Producer: 'Entrepot', Creator: 'Entrepot', CreationDate: made },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  const writer = new PackWriter(document);
  writer.title(pack.title, `As of ${timeText(pack.asOf)}. Times are UTC.`);
  for (const section of pack.sections) writer.section(section);
  writer.end(pack.title, made);
  document.end();
  await done;
  return Buffer.concat(chunks);
}

/** What the document knows of its font. */
interface FontOfDocument {
  readonly _font?: { readonly font?: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/** Writes the parts of a pack from the top of a page to its bottom, and goes on with the next page. */
class PackWriter {
  readonly #document: PDFKit.PDFDocument;
  readonly #missing = new MissingTexts();
  readonly #has: (codePoint: number) => boolean;
  #y = MARGIN;

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document;
    const { _font } = document as unknown as FontOfDocument;
    this.#has = (codePoint) => _font?.font?.hasGlyphForCodePoint(codePoint) ?? false;
  }

  title(title: string, below: string): void {
    this.#row([{ text: title, width: INNER }], SIZES.title);
    this.#row([{ text: below, width: INNER }], SIZES.text, GREY);
  }

  section({ heading, pairs = [], table, note }: PackSection): void {
    // A heading stays with what follows it.
    this.#need(SIZES.heading * LINE + 3 * SIZES.text * LINE + 14);
    this.#y += 14;
    this.#row([{ text: heading, width: INNER }], SIZES.heading);
    this.#rule();
    for (const [name, value] of pairs)
      this.#row([
        { text: name, width: INNER * NAMES, colour: GREY },
        { text: value, width: INNER * (1 - NAMES) },
      ]);
    if (table !== undefined && table.rows.length > 0) this.#table(table);
    if (note !== undefined) this.#row([{ text: note, width: INNER }], SIZES.text, GREY);
  }

  /** Lists and attaches what could not be printed, and numbers the pages. */
  end(title: string, made: Date): void {
    const texts = this.#missing.all();
    if (texts.length > 0) {
      this.section({
        heading: 'Texts in other letters',
        table: {
          columns: ['Mark', 'Script', 'Letters'],
          rows: texts.map(({ mark, script, text }) => [mark, script, codesOf(text)]),
        },
        note: 'This document has no letters for these texts. The file texts.json that is attached to it has them as they were written.',
      });
      this.#document.file(Buffer.from(JSON.stringify({ texts }, undefined, 2)), {
        ...{ name: 'texts.json', type: 'application/json', creationDate: made, modifiedDate: made },
        description: 'Texts of this document in letters that it can not print',
      });
    }
    const { start, count } = this.#document.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.#document.switchToPage(page);
      this.#document.fillColor(GREY).fontSize(SIZES.foot);
      this.#print(`${title}, page ${page + 1} of ${count}`, MARGIN, HEIGHT - MARGIN - 8);
    }
  }

  #table({ columns, rows }: NonNullable<PackSection['table']>): void {
    this.#y += 4;
    const widths = this.#widthsOf([columns, ...rows]);
    const cells = (texts: readonly string[]) =>
      texts.map((text, index) => ({ text, width: widths[index] ?? 0 }));
    this.#row(cells(columns), SIZES.text, GREY);
    for (const row of rows) this.#row(cells(row));
  }

  /** Each column as wide as its widest cell; where that is too much, the widest columns give way. */
  #widthsOf(rows: readonly (readonly string[])[]): number[] {
    this.#document.fontSize(SIZES.text);
    const wanted = (rows[0] ?? []).map(
      (_, index) => Math.max(...rows.map((row) => this.#widthOf(row[index] ?? ''))) + GAP,
    );
    const total = wanted.reduce((all, width) => all + width, 0);
    if (total <= INNER) return wanted;
    const fair = INNER / wanted.length;
    const small = wanted.filter((width) => width <= fair);
    const left = INNER - small.reduce((all, width) => all + width, 0);
    const large = total - small.reduce((all, width) => all + width, 0);
    return wanted.map((width) => (width <= fair ? width : (width * left) / large));
  }

  /** One row of cells, as high as its highest cell. */
  #row(
    cells: readonly { readonly text: string; readonly width: number; readonly colour?: string }[],
    size: number = SIZES.text,
    colour = 'black',
  ): void {
    this.#document.fontSize(size);
    const lined = cells.map(({ text, width, colour: own = colour }) => {
      const shown = printable(text, this.#has, (missing) => this.#missing.markOf(missing));
      return { width, colour: own, lines: linesOf(shown, width - GAP, (part) => this.#widthOf(part)) };
    });
    const height = size * LINE;
    const count = Math.max(...lined.map(({ lines }) => lines.length));
    for (let line = 0; line < count; line += 1) {
      this.#need(height);
      let x = MARGIN;
      for (const { width, colour: own, lines } of lined) {
        this.#document.fontSize(size).fillColor(own);
        this.#print(lines[line] ?? '', x, this.#y);
        x += width;
      }
      this.#y += height;
    }
  }

  #rule(): void {
    this.#document
      .moveTo(MARGIN, this.#y)
      .lineTo(WIDTH - MARGIN, this.#y)
      .lineWidth(0.5)
      .stroke(GREY);
    this.#y += 4;
  }

  /** Begins a page if this one has no room of that height. */
  #need(height: number): void {
    if (this.#y + height <= BOTTOM) return;
    this.#document.addPage();
    this.#y = MARGIN;
  }

  #print(line: string, x: number, y: number): void {
    let at = x;
    for (const { text } of visualRuns(line)) {
      this.#document.text(text, at, y, ONE_RUN);
      at += this.#document.widthOfString(text, ONE_RUN);
    }
  }

  #widthOf(line: string): number {
    return visualRuns(line).reduce((all, { text }) => all + this.#document.widthOfString(text, ONE_RUN), 0);
  }
}

/** A run is shaped as a whole, as Arabic letters join their neighbours: without features it is shaped word by word. */
const ONE_RUN = { lineBreak: false, features: [] };

/** `U+5F20 U+4F1F`: without the spaces of the text. */
const codesOf = (text: string): string =>
  [...text.replaceAll(' ', '')]
    .map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');

import PDFDocument from 'pdfkit';
import type { EvidencePack } from '../evidence-pack.ts';
import { type PackSection, timeText } from '../pack-section.ts';
import { DocumentFonts } from './document-fonts.ts';
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
/** A column is as wide as its widest cell, and sums of widths are not exact. */
const ROUNDING = 0.01;

/**
 * Prints the evidence as a PDF of A4 pages. The same pack gives the same bytes: the time of the document is that of the
 * pack. The fonts have the letters that `README.md` names, Chinese, Japanese, Korean, Thai and three Indian scripts
 * among them. A text in other letters is printed as a mark, the last page lists the marks, and the attached file
 * `texts.json` has the texts.
 */
export async function printPack(pack: EvidencePack): Promise<Uint8Array> {
  const made = new Date(pack.asOf);
  const first = fontFile();
  const document = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margin: MARGIN,
    bufferPages: true,
    // The standard fonts, which have no Greek or Cyrillic letters, are not loaded.
    font: first as unknown as string,
    info: { Title: pack.title, Producer: 'Entrepot', Creator: 'Entrepot', CreationDate: made },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  const writer = new PackWriter(document, first);
  writer.title(pack.title, `As of ${timeText(pack.asOf)}. Times are UTC.`);
  for (const section of pack.sections) writer.section(section);
  writer.end(pack.title, made);
  document.end();
  await done;
  return Buffer.concat(chunks);
}

/** Writes the parts of a pack from the top of a page to its bottom, and goes on with the next page. */
class PackWriter {
  readonly #document: PDFKit.PDFDocument;
  readonly #missing = new MissingTexts();
  readonly #fonts: DocumentFonts;
  #y = MARGIN;

  constructor(document: PDFKit.PDFDocument, first: Buffer) {
    this.#document = document;
    this.#fonts = new DocumentFonts(document, first);
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
      this.#print(`${title}, page ${page + 1} of ${count}`, MARGIN, HEIGHT - MARGIN - 8, SIZES.foot);
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
      const has = (letter: string) => this.#fonts.has(letter, text);
      const shown = printable(text, has, (missing) => this.#missing.markOf(missing));
      return {
        width,
        colour: own,
        lines: linesOf(shown, width - GAP + ROUNDING, (part) => this.#widthOf(part)),
      };
    });
    const height = size * LINE;
    const count = Math.max(...lined.map(({ lines }) => lines.length));
    for (let line = 0; line < count; line += 1) {
      this.#need(height);
      let x = MARGIN;
      for (const { width, colour: own, lines } of lined) {
        this.#document.fillColor(own);
        this.#print(lines[line] ?? '', x, this.#y, size);
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

  #print(line: string, x: number, y: number, size: number): void {
    let at = x;
    for (const { text, font } of this.#runs(line)) {
      const lower = this.#fonts.use(font, size);
      this.#document.fontSize(size).text(text, at, y + lower, ONE_RUN);
      at += this.#document.widthOfString(text, ONE_RUN);
    }
  }

  #widthOf(line: string): number {
    return this.#runs(line).reduce((all, { text, font }) => {
      this.#fonts.use(font, 0);
      return all + this.#document.widthOfString(text, ONE_RUN);
    }, 0);
  }

  /** The parts of a line from left to right, each of one direction and one font. */
  #runs(line: string) {
    return visualRuns(line).flatMap(({ text }) => this.#fonts.runsOf(text));
  }
}

/** A run is shaped as a whole, as Arabic letters join their neighbours: without features it is shaped word by word. */
const ONE_RUN = { lineBreak: false, features: [] };

/** `U+5F20 U+4F1F`: without the spaces of the text. */
const codesOf = (text: string): string =>
  [...text.replaceAll(' ', '')]
    .map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');

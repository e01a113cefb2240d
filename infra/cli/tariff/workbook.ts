import { unzipSync } from 'fflate';
import { BadFile } from '../terminal/bad-file.ts';
import type { PublishedFile } from './publishers/publisher.ts';

const decoder = new TextDecoder('utf-8');
const WORKBOOK = 'PK\u0003\u0004';
const STRINGS = 'xl/sharedStrings.xml';

export const isWorkbook = ({ bytes }: PublishedFile): boolean =>
  Buffer.from(bytes.subarray(0, WORKBOOK.length)).toString('latin1') === WORKBOOK;

/** A row of a sheet: its number as the workbook shows it, and the text of its cells by place. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of the first sheet of a workbook (Office Open XML, ECMA-376 part 1, 18.3) as text. Numbers and days are as
 * they are stored: days are counted since 30 December 1899. Throws {@link BadFile} if the file is no workbook.
 */
export function sheetRows(file: PublishedFile): SheetRow[] {
  const parts = unzipped(file);
  const sheets = Object.keys(parts)
    .filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const [first] = sheets;
  const sheet = first === undefined ? undefined : parts[first];
  if (sheet === undefined) throw new BadFile(`${file.name}: the workbook has no sheet`);
  const strings = sharedStrings(parts[STRINGS]);
  const rows: SheetRow[] = [];
  for (const [, attributes = '', inside = ''] of xmlOf(sheet).matchAll(
    /<row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/row>)/g,
  )) {
    const line = Number(/\br="(\d+)"/.exec(attributes)?.[1] ?? rows.length + 1);
    const cells = cellsOf(inside, strings);
    if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
  }
  return rows;
}

/** The text of a part. Some programs write a prefix before each element: `<x:row>`. */
const xmlOf = (part: Uint8Array): string => decoder.decode(part).replace(/(<\/?)[a-z]\w*:/g, '$1');

function unzipped({ name, bytes }: PublishedFile): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, {
      filter: ({ name: part }) => part === STRINGS || part.startsWith('xl/worksheets/'),
    });
  } catch (error) {
    throw new BadFile(
      `${name}: the workbook is not whole: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function sharedStrings(part: Uint8Array | undefined): string[] {
  if (part === undefined) return [];
  return [...xmlOf(part).matchAll(/<si\b[^>]*?(?:\/>|>([\s\S]*?)<\/si>)/g)].map(([, inside = '']) =>
    textsIn(inside),
  );
}

/** The text of a string without the readings that East Asian workbooks add to it. */
const textsIn = (xml: string): string =>
  [...xml.replace(/<rPh\b[\s\S]*?<\/rPh>/g, '').matchAll(/<t\b[^>]*?(?:\/>|>([\s\S]*?)<\/t>)/g)]
    .map(([, text = '']) => decoded(text))
    .join('');

function cellsOf(row: string, strings: readonly string[]): string[] {
  const cells: string[] = [];
  for (const [, attributes = '', inside = ''] of row.matchAll(/<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const letters = /\br="([A-Z]+)\d*"/.exec(attributes)?.[1];
    const place = letters === undefined ? cells.length : placeOf(letters);
    while (cells.length < place) cells.push('');
    cells[place] = cellText(attributes, inside, strings).trim();
  }
  return cells;
}

function cellText(attributes: string, inside: string, strings: readonly string[]): string {
  const type = /\bt="([a-zA-Z]+)"/.exec(attributes)?.[1];
  if (type === 'inlineStr') return textsIn(inside);
  const value = /<v\b[^>]*>([\s\S]*?)<\/v>/.exec(inside)?.[1] ?? '';
  return type === 's' ? (strings[Number(value)] ?? '') : decoded(value);
}

/** The place of a column from its letters: `A` is 0, `AA` is 26. */
const placeOf = (letters: string): number =>
  [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name = '') =>
      decimal !== undefined
        ? String.fromCodePoint(Number(decimal))
        : hex !== undefined
          ? String.fromCodePoint(Number.parseInt(hex, 16))
          : (NAMED[name] ?? whole),
    )
    .replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

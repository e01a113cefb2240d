import { readFileSync } from 'node:fs';
import { BadFile } from '../terminal/bad-file.ts';

const WORKBOOK = 'PK\u0003\u0004';
const UTF_16 = Buffer.from([0xff, 0xfe]);
const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * The text of a file in UTF-8, without its byte order mark. Throws {@link BadFile} with advice if the file does not
 * exist, cannot be read or is empty.
 */
export function readTextFile(path: string): string {
  const bytes = readBytes(path);
  if (isGzip(bytes)) throw new BadFile(`${path}: the file is compressed: unpack it first`);
  refuseWorkbook(path, bytes);
  const text = textOf(bytes);
  const broken = text.indexOf('\uFFFD');
  if (broken !== -1)
    throw new BadFile(
      `${path}:${text.slice(0, broken).split('\n').length}: the text is not UTF-8: save it as "CSV UTF-8"`,
    );
  if (text.trim() === '') throw emptyFile(path);
  return text;
}

/** The error of an empty file. */
export const emptyFile = (path: string): BadFile => new BadFile(`${path}: the file is empty`);

/** Throws {@link BadFile} if the first bytes are those of a workbook. */
export function refuseWorkbook(path: string, bytes: Uint8Array): void {
  if (Buffer.from(bytes.subarray(0, WORKBOOK.length)).toString('latin1') === WORKBOOK)
    throw new BadFile(`${path}: this is a workbook: save its sheet as "CSV UTF-8" and name the saved file`);
}

export const isGzip = (bytes: Uint8Array): boolean => GZIP.equals(bytes.subarray(0, GZIP.length));

export const isUtf16 = (bytes: Uint8Array): boolean => UTF_16.equals(bytes.subarray(0, UTF_16.length));

/** Spreadsheets write "Unicode text" in UTF-16. Its byte order mark identifies it. */
function textOf(bytes: Buffer): string {
  if (isUtf16(bytes)) return bytes.subarray(UTF_16.length).toString('utf16le');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check its name and the folder that you are in',
  ENOTDIR: 'there is no such file: check its name and the folder that you are in',
  EISDIR: 'this is a folder: name a file in it',
  EACCES: 'you may not read it: check its permissions',
};

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The error of a file that cannot be opened or read. */
export function unreadable(path: string, error: unknown): BadFile {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new BadFile(`${path}: ${REASONS[code] ?? message}`);
}

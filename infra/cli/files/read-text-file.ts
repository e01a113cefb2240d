import { readFileSync } from 'node:fs';
import { BadFile } from '../terminal/bad-file.ts';

const WORKBOOK = 'PK\u0003\u0004';
const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * The text of a file in UTF-8, without its byte order mark. Throws {@link BadFile} that says what to do where there is
 * no such file, it can't be read as text, or nothing is in it.
 */
export function readTextFile(path: string): string {
  const bytes = readBytes(path);
  if (bytes.subarray(0, 2).equals(GZIP)) throw new BadFile(`${path}: compressed: unpack it first`);
  const text = textOf(bytes);
  if (text.startsWith(WORKBOOK))
    throw new BadFile(`${path}: a workbook: save its sheet as "CSV UTF-8" and name that file`);
  const broken = text.indexOf('\uFFFD');
  if (broken !== -1)
    throw new BadFile(
      `${path}:${text.slice(0, broken).split('\n').length}: not UTF-8: save it as "CSV UTF-8"`,
    );
  if (text.trim() === '') throw new BadFile(`${path}: the file is empty`);
  return text;
}

/** Spreadsheets write "Unicode text" in UTF-16, which its byte order mark tells. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check its name and the folder that you are in',
  ENOTDIR: 'there is no such file: check its name and the folder that you are in',
  EISDIR: 'a folder: name a file in it',
  EACCES: 'you may not read it: check its permissions',
};

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new BadFile(`${path}: ${REASONS[code] ?? message}`);
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTextFile } from '../../../../infra/cli/files/read-text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-text-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'goods.csv');

describe('a text file', () => {
  it('is read in UTF-8, and in UTF-16, which a spreadsheet calls "Unicode text"', () => {
    writeFileSync(path, '\uFEFFsku\n');
    expect(readTextFile(path)).toBe('sku\n');
    writeFileSync(path, Buffer.from('\uFEFFsku;ü\n', 'utf16le'));
    expect(readTextFile(path)).toBe('sku;ü\n');
  });

  it.each([
    [
      'a file in GB18030',
      Buffer.from([0x61, 0x0a, 0xd1, 0xc7, 0xc2, 0xe9]),
      ':2: the text is not UTF-8: save it as "CSV UTF-8"',
    ],
    ['a file in Latin-1', Buffer.from([0x61, 0xfc]), ':1: the text is not UTF-8: save it as "CSV UTF-8"'],
    [
      'a workbook',
      Buffer.from('PK\u0003\u0004…'),
      ': this is a workbook: save its sheet as "CSV UTF-8" and name the saved file',
    ],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8]), ': the file is compressed: unpack it first'],
    ['an empty file', Buffer.from(''), ': the file is empty'],
    ['a file of blank lines', Buffer.from('\r\n \n'), ': the file is empty'],
  ])('gives an error that says what to do with %s', (_, bytes, words) => {
    writeFileSync(path, bytes);
    expect(() => readTextFile(path)).toThrow(`${path}${words}`);
  });

  it('gives an error that says what to do if there is no file', () => {
    const none = join(folder, 'none.csv');
    expect(() => readTextFile(none)).toThrow(
      `${none}: there is no such file: check its name and the folder that you are in`,
    );
    expect(() => readTextFile(folder)).toThrow(`${folder}: this is a folder: name a file in it`);
  });
});

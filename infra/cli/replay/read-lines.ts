import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { isGzip, isUtf16, refuseWorkbook, unreadable } from '../files/read-text-file.ts';
import { BadFile } from '../terminal/bad-file.ts';

export interface Line {
  /** The number of the line, counted from 1 as in an editor. */
  readonly number: number;
  readonly text: string;
}

/** The error of a file that ends in the middle. The rows before that place are read, and the rest is lost. */
export class FileEndsEarly extends Error {
  override readonly name = 'FileEndsEarly';
}

const LINE_FEED = 0x0a;
const MAX_BYTES_A_LINE = 1_000_000;

/**
 * Streams the lines of a text file, plain or gzipped, and keeps only a piece of it in memory. The first bytes of the
 * file decide whether it is gzipped, and not its name. A line that is not UTF-8 is read as Windows-1252, in which
 * every byte is valid. Throws {@link FileEndsEarly} when a compressed file is cut off. Throws {@link BadFile} when
 * the file does not exist or is not a text.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const begin = await firstBytes(path);
  refuseWorkbook(path, begin);
  if (isUtf16(begin)) throw new BadFile(`${path}: the text is in UTF-16: save it as "CSV UTF-8"`);
  const file = createReadStream(path);
  const bytes = isGzip(begin) ? file.pipe(createGunzip()) : file;
  // `pipe` does not pass the errors of its source on. Without this line a disk error would end the process.
  if (bytes !== file) file.on('error', (error) => bytes.destroy(error));
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, from)) {
        number += 1;
        yield { number, text: decode(block.subarray(from, end)) };
        from = end + 1;
      }
      rest = block.subarray(from);
      if (rest.length > MAX_BYTES_A_LINE)
        throw new Error(`line ${number + 1} has no end: is this a text file?`);
    }
  } catch (error) {
    if (!isCutOff(error)) throw error;
    throw new FileEndsEarly(`the compressed file is cut off or damaged after line ${number}`, {
      cause: error,
    });
  }
  if (rest.length > 0) yield { number: number + 1, text: decode(rest) };
}

async function firstBytes(path: string): Promise<Uint8Array> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

function decode(bytes: Buffer): string {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    text = windows1252.decode(bytes);
  }
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** Whether the error is one that zlib gives for data that is cut off or damaged. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_(BUF|DATA)_ERROR$/.test(String(error.code));
}

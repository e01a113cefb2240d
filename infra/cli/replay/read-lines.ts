import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { isGzip, isUtf16, refuseWorkbook, unreadable } from '../files/read-text-file.ts';
import { BadFile } from '../terminal/bad-file.ts';

export interface Line {
  /** Counted from 1, as an editor shows it. */
  readonly number: number;
  readonly text: string;
}

/** The file ends in the middle: the rows read so far count, the rest is lost. */
export class FileEndsEarly extends Error {
  override readonly name = 'FileEndsEarly';
}

const LINE_FEED = 0x0a;
const MAX_BYTES_A_LINE = 1_000_000;

/**
 * Streams the lines of a text file, gzipped or not (recognised by its first bytes, not by its name), and holds only a
 * piece of it in memory. A line that is not UTF-8 is read as Windows-1252, which every byte belongs to. Throws
 * {@link FileEndsEarly} when a compressed file is cut off, and {@link BadFile} for a missing file or one that is no
 * text.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const begin = await firstBytes(path);
  refuseWorkbook(path, begin);
  if (isUtf16(begin)) throw new BadFile(`${path}: in UTF-16: save it as "CSV UTF-8"`);
  const file = createReadStream(path);
  const bytes = isGzip(begin) ? file.pipe(createGunzip()) : file;
  // `pipe` does not carry the source's error over; without this a failing disk would end the process.
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

/** zlib's errors for data that ends too soon or was damaged. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_(BUF|DATA)_ERROR$/.test(String(error.code));
}

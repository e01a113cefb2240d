import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** How an object of facts was read. */
export interface ReadObject {
  readonly lines: number;
  /** Why it could not be read to its end; the lines before that were seen. */
  readonly damage?: string;
}

/**
 * Passes each line of an object of facts, gzip or plain, that was copied into a file; `line` counts from 1. Empty lines
 * are left out. An object that breaks off is read as far as it goes. Throws what `see` throws.
 */
export async function eachLine(file: string, see: (text: string, line: number) => void): Promise<ReadObject> {
  const lines = new LineReader(see);
  const unzipped = createReadStream(file);
  const parts: (Readable | NodeJS.ReadWriteStream)[] = [unzipped];
  if (await isGzip(file)) parts.push(createGunzip());
  try {
    await pipeline([...parts, (source: AsyncIterable<Buffer>) => lines.readAll(source)] as never);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { lines: lines.count, damage: (error as NodeJS.ErrnoException).code ?? 'damaged' };
  }
  return { lines: lines.count };
}

class LineReader {
  count = 0;
  readonly #see: (text: string, line: number) => void;

  constructor(see: (text: string, line: number) => void) {
    this.#see = see;
  }

  async readAll(source: AsyncIterable<Buffer>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of source) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#pass(line);
    }
    this.#pass(rest + decoder.decode());
  }

  #pass(line: string): void {
    if (line.trim() === '') return;
    this.count += 1;
    this.#see(line, this.count);
  }
}

/** What zlib says of bytes that are no gzip, or not all of it. */
const isDamage = (error: unknown): boolean =>
  error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '');

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamPosition } from './read-stream.ts';

/** Positions by the logical id of the mapping. */
export type StreamPositions = Readonly<Record<string, StreamPosition>>;

/** The stored positions of the stream mappings. */
export interface PositionFile {
  read(): StreamPositions;
  /** Stores positions that differ from those stored last. */
  save(positions: StreamPositions): void;
}

/**
 * Where each stream mapping goes on after a restart.
 *
 * Queues are in memory and lost with the process, so a position may be stored only when nothing is under way that
 * came from the records before it. After a kill the stream, which the engine keeps on disk, is read again from there:
 * every fact since is relayed once more, and consumers, which ignore what they have seen, carry on.
 */
export function openPositions(dataDir: string): PositionFile {
  const file = join(dataDir, 'stream-positions.json');
  let stored = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
  return {
    read: () => JSON.parse(stored),
    save: (positions) => {
      const text = JSON.stringify(positions);
      if (text === stored) return;
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
      stored = text;
    },
  };
}

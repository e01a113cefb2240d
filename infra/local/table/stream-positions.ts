import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamPosition } from './read-stream.ts';

/** Positions by the logical id of the mapping. */
export type StreamPositions = Readonly<Record<string, StreamPosition>>;

/** The stored positions of the stream mappings. */
export interface PositionFile {
  read(): StreamPositions;
  /** Stores positions, if they differ from those stored last. */
  save(positions: StreamPositions): void;
}

/**
 * The file with the position from which each stream mapping continues after a restart.
 *
 * Queues are in memory, and their messages are lost with the process. So a position may be stored only when no work
 * is under way that came from earlier records. After a kill the stream is read again from the stored position,
 * because the engine keeps it on disk. Every later fact is relayed once more, and consumers ignore facts that they
 * have handled already.
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

import type { StreamMapping } from './stream-mapping.ts';
import { openPositions, type StreamPositions } from './stream-positions.ts';
import type { StreamStore } from './stream-store.ts';

/** The running stream mappings, and their stored positions. */
export interface KeptPositions {
  /** The positions that the last run stored, by logical id of the mapping. */
  readonly stored: StreamPositions;
  /** The stream records of our own engine; undefined for another one. */
  readonly store: StreamStore | undefined;
  add(id: string, stream: StreamMapping): void;
  streams(): StreamMapping[];
  /** Stores the start of each mapping without a stored position, so that records that `LATEST` skips stay skipped. */
  saveStarts(): void;
  /**
   * Stores the positions of all mappings and removes older stream records. Call it only when no work is under way.
   */
  save(): void;
}

const trimmedAtOnce = 500;

/** Keeps the positions of stream mappings under the data folder. */
export function keepPositions(dataDir: string, store: StreamStore | undefined): KeptPositions {
  const file = openPositions(dataDir);
  const stored = file.read();
  const streams = new Map<string, StreamMapping>();
  const trimmed = new Map<string, number>();

  function positions(): StreamPositions {
    const known = [...streams].flatMap(([id, stream]) => {
      const position = stream.position();
      return position === undefined ? [] : [[id, position] as const];
    });
    return Object.fromEntries(known);
  }

  // Removes a few records each time, so that a call that arrives meanwhile waits a few milliseconds at most.
  function trim(): void {
    for (const tableName of new Set([...streams.values()].map((stream) => stream.tableName))) {
      const readers = [...streams.values()].filter((stream) => stream.tableName === tableName);
      const numbers = readers.map((stream) => stream.position()?.sequenceNumber);
      const oldest = numbers.includes(undefined) ? undefined : Math.min(...numbers.map(Number));
      if (oldest === undefined || trimmed.get(tableName) === oldest) continue;
      const count = store?.trim(tableName, oldest, trimmedAtOnce) ?? 0;
      if (count < trimmedAtOnce) trimmed.set(tableName, oldest);
    }
  }

  return {
    stored,
    store,
    add: (id, stream) => streams.set(id, stream),
    streams: () => [...streams.values()],
    saveStarts: () => file.save({ ...positions(), ...stored }),
    save: () => {
      if (streams.size === 0) return;
      file.save(positions());
      trim();
    },
  };
}

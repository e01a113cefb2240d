import { afterEach, beforeAll, beforeEach, type MockInstance, vi } from 'vitest';

export type LogLine = Readonly<Record<string, unknown>>;

/**
 * Collects the log lines of each test of the file, instead of printing them, and drops those of its preparation. Gives
 * the lines so far.
 */
export function gatherLog(): () => readonly LogLine[] {
  let texts: string[] = [];
  let streams: MockInstance[] = [];
  const gather = () => {
    texts = [];
    const keep = (text: string | Uint8Array) => {
      texts.push(String(text));
      return true;
    };
    streams = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation(keep),
    );
  };
  beforeAll(gather);
  beforeEach(gather);
  afterEach(() => {
    for (const stream of streams) stream.mockRestore();
  });
  return () =>
    texts
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine);
}

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { WORDS_1 } from './pack-words.ts';

/** The texts that stored values were compressed with, by the number in their first byte. */
const dictionaries: ReadonlyMap<number, Buffer> = new Map([[1, Buffer.from(WORDS_1)]]);
const LATEST = 1;

/**
 * Most of the time of a short text went to tables that the compression makes for a long one. With a quarter of them and
 * a window for what there is, an order takes 40 microseconds and not 70, and as many bytes. Both are read alike.
 */
const FEW_TABLES = { memLevel: 6 } as const;
const SMALL_WINDOW_BITS = 14;
const SMALL_WINDOW = 2 ** SMALL_WINDOW_BITS;

/**
 * A value as it is stored: its JSON, compressed with the words that quotes and facts repeat. Writes are billed by the
 * kilobyte and an item may have 400: what is stored compressed costs less and fits. A fact of 380 bytes takes 150, an
 * order of 6,600 takes 900.
 */
export function pack(value: unknown): Uint8Array {
  const dictionary = dictionaries.get(LATEST);
  if (dictionary === undefined) throw new Error(`there is no dictionary ${LATEST}`);
  const text = JSON.stringify(value);
  const isSmall = text.length + dictionary.length < SMALL_WINDOW;
  const options = isSmall ? { ...FEW_TABLES, windowBits: SMALL_WINDOW_BITS } : FEW_TABLES;
  return Buffer.concat([Buffer.of(LATEST), deflateRawSync(text, { dictionary, ...options })]);
}

/** The value of a stored attribute; throws on anything that {@link pack} did not make. */
export function unpack(stored: unknown): unknown {
  const number = stored instanceof Uint8Array ? stored[0] : undefined;
  const dictionary = number === undefined ? undefined : dictionaries.get(number);
  if (!(stored instanceof Uint8Array) || dictionary === undefined)
    throw new Error('a stored value is compressed JSON');
  return JSON.parse(inflateRawSync(stored.subarray(1), { dictionary }).toString('utf8'));
}

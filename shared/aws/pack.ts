import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A value as it is stored: its JSON, compressed. Quotes and facts repeat the same words. Writes are billed by the
 * kilobyte and an item may have 400, so what is stored compressed costs less and fits.
 */
export function pack(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/** The value of a stored attribute; throws on anything that is not compressed JSON. */
export function unpack(stored: unknown): unknown {
  if (!(stored instanceof Uint8Array)) throw new Error('a stored value is compressed JSON');
  return JSON.parse(inflateRawSync(stored).toString('utf8'));
}

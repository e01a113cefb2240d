import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new id: the prefix, then letters and digits. */
export function newId(prefix: string, length = 24): string {
  const letters = [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]);
  return `${prefix}_${letters.join('')}`;
}

/** A new id: the prefix, then 32 hexadecimal digits. */
export function newHexId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`;
}

/** A fraction from 0 to below 1 that depends only on the text. So a run with the same seed can be repeated. */
export function drawFraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** Random digits. The first one is not 0. */
export function newDigits(length: number): string {
  return [...randomBytes(length)].map((byte, index) => (index === 0 ? 1 + (byte % 9) : byte % 10)).join('');
}

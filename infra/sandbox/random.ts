import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An id: a prefix, and letters and digits. */
export function newId(prefix: string, length = 24): string {
  const letters = [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]);
  return `${prefix}_${letters.join('')}`;
}

/** An id: a prefix, and 32 hexadecimal digits. */
export function newHexId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`;
}

/** A fraction in [0, 1) that depends on the text alone, so that a seed repeats a run. */
export function drawFraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** Random digits, `length` of them, the first one not 0. */
export function newDigits(length: number): string {
  return [...randomBytes(length)].map((byte, index) => (index === 0 ? 1 + (byte % 9) : byte % 10)).join('');
}

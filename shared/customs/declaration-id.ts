import { createHash } from 'node:crypto';
import { idPrefixes } from '../kernel/ids.ts';

// The alphabet of ids: Crockford's base 32.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const OTHER_CHARS = 16;

/**
 * The id of a parcel's n-th declaration. It is derived from the parcel, so that after a lost answer the broker
 * recognises the repeated filing.
 */
export function declarationIdFor(parcelId: string, attempt: number): string {
  const [, rest = ''] = parcelId.split('_');
  const digest = createHash('sha256').update(`${parcelId}/${attempt}`).digest();
  const other = Array.from(digest.subarray(0, OTHER_CHARS), (byte) => ALPHABET[byte % 32]).join('');
  return `${idPrefixes.declaration}_${rest.slice(0, TIME_CHARS)}${other}`;
}

/**
 * The local reference number: at most 22 characters, unique for ever per declarant (data element 12 09, Delegated
 * Regulation (EU) 2015/2446, annex B; 2/5 in the United Kingdom). It has six characters of the time and all of the
 * random part.
 */
export function lrnOf(declarationId: string): string {
  return declarationId.slice(-22);
}

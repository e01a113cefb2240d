import { createHash } from 'node:crypto';
import { idPrefixes } from '../kernel/ids.ts';

// The alphabet of ids: Crockford's base 32.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const OTHER_CHARS = 16;

/**
 * The id of a parcel's n-th declaration. It follows from the parcel, so that a filing that is repeated after
 * a lost answer is known by the broker as the one that it has.
 */
export function declarationIdFor(parcelId: string, attempt: number): string {
  const [, rest = ''] = parcelId.split('_');
  const digest = createHash('sha256').update(`${parcelId}/${attempt}`).digest();
  const other = Array.from(digest.subarray(0, OTHER_CHARS), (byte) => ALPHABET[byte % 32]).join('');
  return `${idPrefixes.declaration}_${rest.slice(0, TIME_CHARS)}${other}`;
}

/**
 * The local reference number: at most 22 characters, unique for ever per declarant (data element 12 09,
 * Delegated Regulation (EU) 2015/2446, annex B; 2/5 in the United Kingdom). Six of time and all that is random.
 */
export function lrnOf(declarationId: string): string {
  return declarationId.slice(-22);
}

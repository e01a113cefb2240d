import { createHash } from 'node:crypto';

/**
 * The UUID under which a partner knows an object or a call of ours: made of our id, so that a repeat has the same one.
 * It has the form of version 4, for partners that check it.
 */
export function uuidOf(ownId: string): string {
  const hex = createHash('sha256').update(ownId).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

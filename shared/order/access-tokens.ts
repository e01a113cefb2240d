import { createHash, createHmac } from 'node:crypto';
import { personHashBy } from '../kernel/person-hash.ts';

/** The guest's key to one order. It is derived, so that a repeated request gets the same one, and never stored. */
export function accessTokenFor(orderId: string, secret: string): string {
  return `ot_${createHmac('sha256', secret).update(`order-access:${orderId}`).digest('base64url')}`;
}

export function hashAccessToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Tokens of orders and their hashes, and the hashes of e-mail addresses, derived from one secret. */
export function accessTokensBy(secret: string) {
  return {
    personHash: personHashBy(secret),
    of: (orderId: string) => accessTokenFor(orderId, secret),
    hashOf: (orderId: string) => hashAccessToken(accessTokenFor(orderId, secret)),
  };
}

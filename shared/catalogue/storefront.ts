import { createHmac } from 'node:crypto';

/** A shop whose pages call the public API. */
export interface Storefront {
  readonly storefrontId: string;
  readonly name: string;
  /** Whether its shoppers may place orders of which nothing is to be paid. */
  readonly takesFreeOrders: boolean;
}

/**
 * The publishable key of a storefront. It is derived from the id, so storing the storefront again gives the same key,
 * and no copy is kept.
 */
export function publishableKeyOf(storefrontId: string, secret: string): string {
  return `pk_${createHmac('sha256', secret).update(`storefront:${storefrontId}`).digest('base64url')}`;
}

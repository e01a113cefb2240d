import { createStorefrontStore } from '../../aws/catalogue/storefront-store.ts';
import { originProofOf } from '../origin-proof.ts';
import { readSettings } from '../settings.ts';
import { ownTable } from './table.ts';

/**
 * For finding a storefront by its key. Every shopper's first call waits for it, so it loads nothing else. Nothing but
 * the authorizer imports this file: each bundle with the import in the middle of `origin-proof.ts` loads more slowly.
 */
export const knownStorefrontDeps = () => ({
  storefronts: createStorefrontStore(ownTable()),
  originProof: originProofOf(readSettings()),
});

import { authorizer } from '../../shared/runtime/authorizer.ts';
import { storefrontWorld } from '../../shared/runtime/worlds/storefront-world.ts';

export const handler = authorizer('x-entrepot-key', storefrontWorld, async (key, { storefronts }) => {
  const storefront = await storefronts.byKey(key);
  return storefront === undefined ? undefined : { storefrontId: storefront.storefrontId };
});

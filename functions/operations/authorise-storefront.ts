import { authorizer } from '../../shared/runtime/authorizer.ts';
import { knownStorefrontDeps } from '../../shared/runtime/deps/catalogue.ts';

export const handler = authorizer('x-entrepot-key', knownStorefrontDeps, async (key, { storefronts }) => {
  const storefront = await storefronts.byKey(key);
  return storefront === undefined ? undefined : { storefrontId: storefront.storefrontId };
});

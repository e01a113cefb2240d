import { authorizer } from '../../shared/runtime/authorizer.ts';
import { knownStorefrontDeps } from '../../shared/runtime/deps/known-storefront.ts';

const headers = { caller: 'x-entrepot-key', origin: 'x-entrepot-origin' };

export const handler = authorizer(headers, knownStorefrontDeps, async (key, { storefronts }) => {
  const storefront = await storefronts.byKey(key);
  if (storefront === undefined) return undefined;
  const { storefrontId, takesFreeOrders } = storefront;
  return { storefrontId, takesFreeOrders: String(takesFreeOrders) };
});

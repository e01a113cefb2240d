import { createHmac } from 'node:crypto';
import { createStorefrontStore } from '../../aws/catalogue/storefront-store.ts';
import { once } from '../once.ts';
import { coreDeps } from './core-deps.ts';

export const storefrontDeps = once(() => {
  const core = coreDeps();
  return {
    ...core,
    storefronts: createStorefrontStore(core.table),
    /**
     * The publishable key of a storefront: derived from its id, so that storing the storefront again gives the
     * same key and no copy of it has to be kept.
     */
    publishableKey: async (storefrontId: string) => {
      const secret = await core.secrets.read(core.settings.secretArn('quote-signing'));
      return `pk_${createHmac('sha256', secret).update(`storefront:${storefrontId}`).digest('base64url')}`;
    },
  };
});

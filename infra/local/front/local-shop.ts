import type { Mount } from './http-listener.ts';

/** What runs beside the local cloud, for the pages that it serves. Nothing secret: a publishable key is public. */
export interface LocalShop {
  /** Publishable key of the sample storefront, once it is stored. */
  readonly storefrontKey?: string;
  /** Where each sandbox partner answers, by name. */
  readonly sandboxes?: Readonly<Record<string, string>>;
}

export interface LocalShopFront {
  readonly mount: Mount;
  /** Adds to what is told, or takes the place of what was. */
  tell(shop: LocalShop): void;
}

/** Tells the front page and the documentation what this machine has that a deployment does not. */
export function createLocalShop(): LocalShopFront {
  let shop: LocalShop = {};
  return {
    mount: {
      prefix: '/_local/shop.json',
      handle: (_request, response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        });
        response.end(JSON.stringify(shop));
      },
    },
    tell: (more) => {
      shop = { ...shop, ...more };
    },
  };
}

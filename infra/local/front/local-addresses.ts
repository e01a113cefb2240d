import type { Mount } from './http-listener.ts';

/** What runs beside the local cloud, for the pages that it serves. Nothing secret: a publishable key is public. */
export interface LocalAddresses {
  /** Publishable key of the sample storefront, once it is stored. */
  readonly storefrontKey?: string;
  /** Where the sample shop is. */
  readonly shop?: string;
  /** Where each sandbox partner answers, by name. */
  readonly sandboxes?: Readonly<Record<string, string>>;
}

export interface LocalAddressesFront {
  readonly mount: Mount;
  /** Adds to what is told, or takes the place of what was. */
  tell(more: LocalAddresses): void;
}

/** Tells the front page and the documentation what this machine has that a deployment does not. */
export function createLocalAddresses(): LocalAddressesFront {
  let addresses: LocalAddresses = {};
  return {
    mount: {
      prefix: '/_local/addresses.json',
      handle: (_request, response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        });
        response.end(JSON.stringify(addresses));
      },
    },
    tell: (more) => {
      addresses = { ...addresses, ...more };
    },
  };
}

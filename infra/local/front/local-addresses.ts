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
  /** Adds these addresses, or puts them in the place of earlier ones. */
  set(more: LocalAddresses): void;
}

/** Gives the front page and the documentation the addresses that this machine has and a deployment does not. */
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
    set: (more) => {
      addresses = { ...addresses, ...more };
    },
  };
}

import type { Mount } from './http-listener.ts';

/** The servers beside the local cloud, for its pages. Nothing is secret: a publishable key is public. */
interface LocalAddresses {
  /** Publishable key of the sample storefront, once it is stored. */
  readonly storefrontKey?: string;
  /** The address of the sample shop. */
  readonly shop?: string;
  /** Where each sandbox partner answers, by name. */
  readonly sandboxes?: Readonly<Record<string, string>>;
}

export interface LocalAddressesFront {
  readonly mount: Mount;
  /** Adds addresses or replaces earlier ones. */
  set(more: LocalAddresses): void;
}

/** Gives the front page and the documentation the addresses that only this machine has. */
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

import type { Mount } from './http-listener.ts';

/**
 * The addresses of the servers beside the local cloud. Its pages show them. None is secret: a publishable key is
 * public.
 */
interface LocalAddresses {
  /** The publishable key of the sample storefront. Undefined until the key is stored. */
  readonly storefrontKey?: string;
  /** The address of the sample shop. */
  readonly shop?: string;
  /** The address of each sandbox partner, by name. */
  readonly sandboxes?: Readonly<Record<string, string>>;
}

export interface LocalAddressesFront {
  readonly mount: Mount;
  /** Adds addresses. An address that exists already is replaced. */
  set(more: LocalAddresses): void;
}

/** Gives the front page and the documentation the addresses that exist on this machine only. */
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

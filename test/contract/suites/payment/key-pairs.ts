import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';

/** A key pair in PEM. */
interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

interface KeyPairs {
  /** The pair of that name, made once. */
  readonly of: (name: string) => KeyPair;
  /** The private half of a public key that {@link KeyPairs.of} made; empty for another text, which signs nothing. */
  readonly privateOf: (publicKey: string) => string;
}

/** Key pairs of a partner that signs with its own private key: `secretFor` of a contract gives the public half. */
export function keyPairs(kind: 'rsa' | 'p-256'): KeyPairs {
  const made = new Map<string, KeyPair>();
  const make = (): KeyPairKeyObjectResult =>
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    of: (name) => {
      const known = made.get(name);
      if (known !== undefined) return known;
      const { privateKey, publicKey } = make();
      const pair = {
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
      };
      made.set(name, pair);
      return pair;
    },
    privateOf: (publicKey) =>
      [...made.values()].find((pair) => pair.publicKey === publicKey)?.privateKey ?? '',
  };
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the local issuer on the local cloud. */
export const issuerPath = '/_local/issuer';

/** The key of the local issuer and the secret of its client. */
export interface SigningKey {
  readonly keyId: string;
  readonly signatureKey: KeyObject;
  readonly verificationKey: KeyObject;
  readonly clientSecret: string;
}

interface StoredKey {
  readonly keyId: string;
  readonly clientSecret: string;
  /** PKCS 8 in PEM. */
  readonly privateKey: string;
}

/**
 * Reads the key of this data folder. At the first use the key is made and written to a file that only its owner may
 * read.
 */
export function openSigningKey(dataDir: string): SigningKey {
  const path = join(dataDir, 'issuer.json');
  const stored = readStored(path) ?? makeStored(dataDir, path);
  const signatureKey = createPrivateKey(stored.privateKey);
  return {
    keyId: stored.keyId,
    clientSecret: stored.clientSecret,
    signatureKey,
    verificationKey: createPublicKey(signatureKey),
  };
}

/**
 * Whether the URL is that of a local issuer. The template names the issuer before the port is known, so a local
 * issuer on any port of this machine counts.
 */
export function isLocalIssuer(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { hostname, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && path === issuerPath;
}

/** The secret of the issuer's client; undefined when the folder is not the data folder of a local backend. */
export function readClientSecret(dataDir: string): string | undefined {
  return readStored(join(dataDir, 'issuer.json'))?.clientSecret;
}

function readStored(path: string): StoredKey | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeStored(dataDir: string, path: string): StoredKey {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const stored = {
    keyId: randomBytes(8).toString('hex'),
    clientSecret: randomBytes(24).toString('base64url'),
    privateKey,
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path, `${JSON.stringify(stored)}\n`, { mode: 0o600, flag: 'wx' });
  return stored;
}

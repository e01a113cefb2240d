import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HookSecret, listSecrets } from './signatures.ts';

const made = new Map<string, string>();
const CACHE = 'node_modules/.cache/entrepot/sandbox-rsa';

/**
 * A private RSA key for a sandbox, as PEM. Making one takes a fifth of a second, so that the sandboxes of a checkout
 * share the key of each name: it is kept in the cache of this checkout, readable by its owner only.
 */
export function rsaKey(name: string): string {
  const known = made.get(name) ?? readKept(name);
  if (known !== undefined) {
    made.set(name, known);
    return known;
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
  keep(name, pem);
  made.set(name, pem);
  return pem;
}

/** Signs by RSA with SHA-256, in base 64. A secret that is no RSA key is that of a forged webhook: another key signs. */
export function signRsa(secret: HookSecret, text: string): string {
  const [first = ''] = listSecrets(secret);
  const key = first.includes('-----BEGIN') ? first : rsaKey('forger');
  return sign('sha256', Buffer.from(text), key).toString('base64');
}

/** Whether the owner of the private key signed the text. */
export function isRsaSignature(privateKey: string, text: string, signature: string): boolean {
  const key: KeyObject = createPublicKey(privateKey);
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

function readKept(name: string): string | undefined {
  try {
    return readFileSync(join(CACHE, `${name}.pem`), 'utf8');
  } catch {
    // Not made yet on this checkout.
    return undefined;
  }
}

function keep(name: string, pem: string): void {
  mkdirSync(CACHE, { recursive: true });
  const file = join(CACHE, `${name}.pem`);
  const own = `${file}.${process.pid}`;
  writeFileSync(own, pem, { mode: 0o600 });
  renameSync(own, file);
}

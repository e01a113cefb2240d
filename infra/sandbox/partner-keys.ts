import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { PartnerKeys, PartnerSettings, SandboxPartner } from './partner.ts';

const keysSchema = z.object({
  apiKey: z.string().min(1),
  webhookSecret: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
});

/** The keys of each partner by its code. */
export type KeysByCode = Readonly<Record<string, PartnerKeys>>;

/**
 * The keys that the sandbox partners issued to us. They are made once and kept in the data folder. The keys of a new
 * partner are added. Keys of partners that no longer exist stay. Throws an Error that names the file when it cannot
 * be read.
 */
export function partnerKeys(dataDir: string, partners: readonly SandboxPartner[]): KeysByCode {
  const path = join(dataDir, 'partner-keys.json');
  const kept = readKept(path);
  const missing = partners.filter(({ code }) => kept[code] === undefined);
  const made = Object.fromEntries(missing.map(({ code, createKeys }) => [code, createKeys()]));
  if (missing.length > 0) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, `${JSON.stringify({ ...kept, ...made }, undefined, 2)}\n`, { mode: 0o600 });
  }
  return Object.fromEntries(
    partners.map(({ code }) => [code, made[code] ?? readKeys(path, code, kept[code])]),
  );
}

/** The codes of the sandbox partners that issued keys to this data folder. */
export function issuedCodes(dataDir: string): readonly string[] {
  return Object.keys(readKept(join(dataDir, 'partner-keys.json')));
}

function readKept(path: string): Readonly<Record<string, unknown>> {
  if (!existsSync(path)) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(
      `${path} does not have the keys of the partners: correct the file, or delete it to get new keys`,
      { cause },
    );
  }
}

function readKeys(path: string, code: string, entry: unknown): PartnerKeys {
  const read = keysSchema.safeParse(entry);
  if (read.success) return read.data;
  const places = read.error.issues.map((issue) => `/${[code, ...issue.path].join('/')}`);
  throw new Error(
    `${path} is wrong at ${places.join(', ')}: correct it, or delete the entry to get new keys`,
  );
}

/** A new secret in the form of Standard Webhooks: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/** A new key: the prefix and 32 hexadecimal digits. */
export function newApiKey(prefix: string): string {
  return `${prefix}${randomBytes(16).toString('hex')}`;
}

/**
 * The settings that an operator stores in the partners' secrets: by kind, and by the partner's code. In production
 * only the addresses and the keys are different.
 */
export function partnerSettings(
  partners: readonly SandboxPartner[],
  keys: KeysByCode,
  urls: Readonly<Record<string, string>>,
): Readonly<Record<string, Readonly<Record<string, PartnerSettings>>>> {
  const byKind: Record<string, Record<string, PartnerSettings>> = {};
  for (const { kind, code, settings } of partners) {
    if (kind === 'supplier') continue;
    const own = keys[code];
    const url = urls[code];
    if (own === undefined || url === undefined)
      throw new Error(`the partner ${code} has no keys or no address`);
    const secret = typeof own.webhookSecret === 'string' ? own.webhookSecret : own.webhookSecret[0];
    const webhookSecrets = [{ id: 'first', value: secret ?? '' }];
    const secretName = `partners-${kind}`;
    byKind[secretName] = {
      ...byKind[secretName],
      [code]: settings({ url, apiKey: own.apiKey, webhookSecrets }),
    };
  }
  return byKind;
}

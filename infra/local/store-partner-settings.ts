import { isDeepStrictEqual } from 'node:util';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** The settings of the partners of one kind, by the partner's code. */
export type PartnerSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The value of each partner secret, by the name of the secret. */
export type SettingsByKind = Readonly<Record<string, PartnerSettings>>;

/**
 * Stores the settings of the sandbox partners as an operator does after the first deployment. Changes that an operator
 * makes later are kept. The settings of test accounts take the place of what is stored, because their key file holds
 * them.
 */
export async function storePartnerSettings(
  awsUrl: string,
  sandboxes: SettingsByKind,
  testAccounts: SettingsByKind = {},
): Promise<void> {
  const client = new SecretsManagerClient({
    endpoint: awsUrl,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    for (const name of new Set([...Object.keys(sandboxes), ...Object.keys(testAccounts)])) {
      const SecretId = `entrepot/local/${name}`;
      const stored = await readSettings(client, SecretId);
      const settings = { ...settingsToStore(stored, sandboxes[name] ?? {}), ...testAccounts[name] };
      if (isDeepStrictEqual(settings, stored)) continue;
      await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(settings) }));
    }
  } finally {
    client.destroy();
  }
}

/** The stored settings. There are none before the first start: the template gives the secret no value. */
async function readSettings(client: SecretsManagerClient, SecretId: string): Promise<PartnerSettings> {
  try {
    const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
    return JSON.parse(SecretString);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return {};
    throw error;
  }
}

/**
 * The new value of the secret. If nothing is stored yet, it is the sandbox's settings. Otherwise it is the stored
 * value with one possible change: the address of a sandbox partner, because its port can differ at each start. The
 * operator's own changes stay: another key for a partner, or a partner that was removed.
 */
export function settingsToStore(stored: PartnerSettings, sandbox: PartnerSettings): PartnerSettings {
  if (Object.keys(stored).length === 0) return sandbox;
  return Object.fromEntries(
    Object.entries(stored).map(([code, settings]) => {
      const own = sandbox[code];
      return [code, own !== undefined && differOnlyInAddress(settings, own) ? own : settings];
    }),
  );
}

function differOnlyInAddress(stored: PartnerSettings[string], sandbox: PartnerSettings[string]): boolean {
  const isSandboxAddress = String(stored.baseUrl).startsWith('http://127.0.0.1:');
  return isSandboxAddress && isDeepStrictEqual({ ...stored, baseUrl: sandbox.baseUrl }, sandbox);
}

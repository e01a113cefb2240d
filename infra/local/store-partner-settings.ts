import { isDeepStrictEqual } from 'node:util';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** Settings of the partners of one kind, each by its code. */
export type PartnerSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Stores the settings of the sandbox partners as an operator does after the first deployment. `byKind`: the value of
 * each partner secret by the secret's name. Later changes by an operator are kept.
 */
export async function storePartnerSettings(
  awsUrl: string,
  byKind: Readonly<Record<string, PartnerSettings>>,
): Promise<void> {
  const client = new SecretsManagerClient({
    endpoint: awsUrl,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    for (const [name, sandbox] of Object.entries(byKind)) {
      const SecretId = `entrepot/local/${name}`;
      const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
      const stored: PartnerSettings = JSON.parse(SecretString);
      const settings = settingsToStore(stored, sandbox);
      if (isDeepStrictEqual(settings, stored)) continue;
      await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(settings) }));
    }
  } finally {
    client.destroy();
  }
}

/**
 * The new value of the secret: the sandbox's settings if nothing is stored yet. Otherwise the stored value, in which
 * only the address of a sandbox partner may change, because its port can differ at each start. A partner with another
 * key, or one that was removed, belongs to the operator.
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

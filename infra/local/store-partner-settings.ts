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
 * each partner secret by the secret's name. What an operator stored since is left as it is.
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
 * What the secret should hold: the sandbox's settings where nothing is stored yet. Otherwise what is stored, where
 * only the address of a sandbox partner may change: its port can be another one at each start. A partner that was
 * given another key, or was taken out, is the operator's own.
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

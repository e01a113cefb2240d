import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartnerSecrets } from './partner.ts';

/** The keys that the sandbox partners issued to us, made once for a data folder. */
export function partnerKeys(dataDir: string): PartnerSecrets {
  const path = join(dataDir, 'partner-keys.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as PartnerSecrets;
  const hex = () => randomBytes(16).toString('hex');
  const webhookSecret = () => `whsec_${randomBytes(24).toString('base64')}`;
  const keys: PartnerSecrets = {
    stripeApiKey: `sk_test_${hex()}`,
    stripeWebhook: `whsec_${hex()}`,
    easypostApiKey: `EZTK${hex()}`,
    easypostWebhook: hex(),
    brokerApiKey: `bk_${hex()}`,
    brokerWebhook: webhookSecret(),
    warehouseApiKey: `wms_${hex()}`,
    warehouseWebhook: webhookSecret(),
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 });
  return keys;
}

type PartnerUrls = Readonly<Record<'stripe' | 'easypost' | 'broker' | 'warehouse', string>>;

/**
 * What an operator stores in the four partner secrets: the settings of each partner by its code. Only the
 * addresses differ from production, where the first two are left out and the partners' own hold.
 */
export function partnerSettings(keys: PartnerSecrets, urls: PartnerUrls) {
  const secrets = (value: PartnerSecrets['stripeWebhook']) => [
    { id: 'first', value: typeof value === 'string' ? value : value[0] },
  ];
  return {
    'partners-payment': {
      stripe: {
        apiKey: keys.stripeApiKey,
        webhookSecrets: secrets(keys.stripeWebhook),
        baseUrl: urls.stripe,
      },
    },
    'partners-carrier': {
      easypost: {
        apiKey: keys.easypostApiKey,
        webhookSecrets: secrets(keys.easypostWebhook),
        baseUrl: urls.easypost,
      },
    },
    'partners-customs': {
      broker: {
        apiKey: keys.brokerApiKey,
        webhookSecrets: secrets(keys.brokerWebhook),
        baseUrl: urls.broker,
      },
    },
    'partners-warehouse': {
      wms: {
        apiKey: keys.warehouseApiKey,
        webhookSecrets: secrets(keys.warehouseWebhook),
        baseUrl: urls.warehouse,
      },
    },
  };
}

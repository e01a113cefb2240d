import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSecrets } from '../../../infra/cli/partner/open-secrets.ts';
import type { SetPartnerOptions } from '../../../infra/cli/partner/partner-options.ts';
import { setPartnerSettings } from '../../../infra/cli/partner/set-partner.ts';
import { startAwsEndpoint } from '../../../infra/local/front/aws-endpoint.ts';
import { createEventBus } from '../../../infra/local/front/event-bus.ts';
import type { Listener } from '../../../infra/local/front/http-listener.ts';
import { bus, frontParts, region, resource } from './front-parts.ts';

const KEY = '51QaZwSxEdCrFvTgBy';
const settings = {
  stripe: { apiKey: `sk_live_${KEY}`, webhookSecrets: [{ id: 'first', value: `whsec_${KEY}` }] },
};

const secret = (id: string, Name: string) =>
  resource(
    'AWS::SecretsManager::Secret',
    id,
    { Name },
    { ref: `arn:aws:secretsmanager:${region}:111122223333:secret:${Name}-Local1` },
  );

/** Of each kind another number of secrets of production: an earlier stack may have left one. */
const secrets = [
  secret('Sandbox', 'entrepot/sandbox/partners-payment'),
  secret('Production', 'entrepot/production/partners-payment-1a2b3c4d'),
  secret('Carrier', 'entrepot/production/partners-carrier-1a2b3c4d'),
  secret('EarlierCarrier', 'entrepot/production/partners-carrier-9f8e7d6c'),
];

const folder = mkdtempSync(join(tmpdir(), 'entrepot-partner-'));
const file = join(folder, 'payment.json');
let endpoint: Listener;
let client: SecretsManagerClient;

beforeAll(async () => {
  const parts = frontParts([bus(), ...secrets], { dataDir: join(folder, 'cloud') });
  endpoint = await startAwsEndpoint(parts, createEventBus(parts));
  client = new SecretsManagerClient({
    endpoint: endpoint.url,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(content: unknown, options: Partial<SetPartnerOptions> = {}) {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const said: string[] = [];
  const given: SetPartnerOptions = { kind: 'payment', file, secret: { stage: 'sandbox' }, ...options };
  try {
    await setPartnerSettings(given, (line) => said.push(line), openSecrets(client));
  } catch (error) {
    said.push(error instanceof Error ? error.message : String(error));
  }
  expect(said.join('\n')).not.toContain(KEY);
  return said;
}

async function stored(SecretId: string): Promise<unknown> {
  try {
    return JSON.parse((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '');
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

describe('entrepot partner set', () => {
  it('stores settings that fit, in the secret of the stage', async () => {
    expect(await run(settings)).toEqual([
      `checked       ${file}: the settings of stripe`,
      'stored        in entrepot/sandbox/partners-payment; functions use it within five minutes',
    ]);
    expect(await stored('entrepot/sandbox/partners-payment')).toEqual(settings);
  });

  it('finds the secret of production, whose name ends with a part of the stack', async () => {
    const said = await run(settings, { secret: { stage: 'production' } });
    expect(said[1]).toContain('entrepot/production/partners-payment-1a2b3c4d');
    expect(await stored('entrepot/production/partners-payment-1a2b3c4d')).toEqual(settings);
  });

  it('asks for the ARN where an earlier stack left a secret', async () => {
    const carrier = { easypost: { apiKey: `EZAK${KEY}`, webhookSecrets: [{ id: 'one', value: KEY }] } };
    const said = await run(carrier, { kind: 'carrier', secret: { stage: 'production' } });
    expect(said[1]).toContain('Name the one that the deployment printed with --secret-id');
    expect(said[1]).toContain('partners-carrier-9f8e7d6c');
    const id = 'entrepot/production/partners-carrier-1a2b3c4d';
    await run(carrier, { kind: 'carrier', secret: { id } });
    expect(await stored(id)).toEqual(carrier);
  });

  it('says what is missing where the stage is not deployed', async () => {
    const said = await run(
      {
        broker: {
          apiKey: KEY,
          baseUrl: 'https://broker.test',
          webhookSecrets: [{ id: 'a', value: `whsec_${Buffer.from(KEY.repeat(2)).toString('base64')}` }],
        },
      },
      { kind: 'customs' },
    );
    expect(said[1]).toContain('no secret is called entrepot/sandbox/partners-customs');
    const gone = await run(settings, { secret: { id: 'entrepot/none' } });
    expect(gone[1]).toBe(
      'entrepot/none: there is no such secret in this account and region: deploy the stage first',
    );
  });

  it('stores nothing with --check', async () => {
    const before = await stored('entrepot/sandbox/partners-payment');
    const other = { stripe: { ...settings.stripe, apiKey: `rk_live_${KEY}` } };
    expect(await run(other, { secret: undefined })).toHaveLength(1);
    expect(await stored('entrepot/sandbox/partners-payment')).toEqual(before);
  });

  it.each([
    [
      { stripe: { ...settings.stripe, apiKey: 'sk_live_<your key>' } },
      '/stripe/apiKey: the secret itself, not a placeholder',
    ],
    [{ stripe: { ...settings.stripe, apikey: KEY } }, '/stripe/apikey: unknown field'],
    [{ ...settings, nobody: {} }, '/nobody: unknown field'],
    [{ stripe: { apiKey: KEY } }, '/stripe/webhookSecrets: it is missing'],
    [
      { stripe: { ...settings.stripe, webhookSecrets: [] } },
      '/stripe/webhookSecrets: it is empty or too small',
    ],
    [settings.stripe, '/apiKey: unknown field'],
    [[settings], 'it must be an object'],
    [{}, 'it has no partner: give the settings of stripe'],
    [`{"apiKey": "${KEY}`, 'the file is not JSON'],
  ])('refuses %j by the name of the field, and stores nothing', async (content, words) => {
    const before = await stored('entrepot/sandbox/partners-payment');
    const said = await run(content);
    expect(said.join('\n')).toContain(words);
    expect(await stored('entrepot/sandbox/partners-payment')).toEqual(before);
  });
});

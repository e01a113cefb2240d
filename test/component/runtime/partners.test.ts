import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createSecrets } from '../../../shared/aws/secrets.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import {
  type BoundPlugIn,
  type PlugIn,
  readSettings as readPlugInSettings,
  SettingsRefused,
} from '../../../shared/partners/plug-in.ts';
import { createPartners, type PartnersOptions } from '../../../shared/runtime/partners.ts';
import { readSettings } from '../../../shared/runtime/settings.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();

interface Bound extends BoundPlugIn {
  readonly key: string;
}

const settings = z.strictObject({ key: z.string() });

const plugIn = (code: string): PlugIn<string, Bound> => ({
  code,
  settings,
  bind: (given) => {
    const { key } = readPlugInSettings({ code, settings }, given);
    return {
      code,
      key,
      verify: () => ({ genuine: false, reason: 'no-signature' }),
      interpret: () => undefined,
    };
  },
});

/** The error of Secrets Manager for a secret that has no value yet, and for a secret that does not exist. */
function notFound(what: 'empty' | 'deleted'): Error {
  const sentence = "Secrets Manager can't find the specified secret";
  const message = what === 'empty' ? `${sentence} value for staging label: AWSCURRENT` : `${sentence}.`;
  return Object.assign(new Error(message), { name: 'ResourceNotFoundException' });
}

/** A secret store whose texts a test can change. It counts its reads. */
function secretStore(texts: Record<string, string | undefined>) {
  const asked: string[] = [];
  const client = {
    async send({ input }: { input: { SecretId?: string } }) {
      asked.push(input.SecretId ?? '');
      const text = texts[input.SecretId ?? ''];
      if (text === 'unreadable') throw new Error('AccessDenied');
      if (text === 'empty' || text === 'deleted') throw notFound(text);
      return { SecretString: text };
    },
  };
  return { asked, client: client as unknown as SecretsManagerClient };
}

/** An entry whose plug-in is loaded when it is needed. `loaded` gets its code then. */
const late = (code: string, loaded: string[]) => ({
  code,
  load: async () => {
    loaded.push(code);
    return plugIn(code);
  },
});

function open(
  texts: Record<string, string | undefined>,
  environment: Record<string, string> = {},
  registry: PartnersOptions<Bound>['registry'] = [plugIn('stripe'), plugIn('adyen')],
) {
  let now = Date.parse('2026-11-23T10:00:00.000Z');
  const clock = () => new Date(now);
  const { asked, client } = secretStore(texts);
  const partners = createPartners<Bound>({
    kind: 'payment',
    registry,
    secrets: createSecrets(clock, client),
    settings: readSettings({
      ...{ TABLE_NAME: 'table', BUS_NAME: 'bus', STAGE: 'local' },
      ...{ SECRET_PARTNERS_PAYMENT: 'arn:payment', ...environment },
    }),
    clock,
  });
  return { partners, asked, pass: (durationMs: number) => (now += durationMs) };
}

const secretOf = (settingsByCode: unknown) => ({ 'arn:payment': JSON.stringify(settingsByCode) });

describe('a partner', () => {
  test('has no settings as long as nobody stored any, and a secret that is gone is an error', async () => {
    const { partners, asked } = open({ 'arn:payment': 'empty' });
    expect([await partners.find('stripe'), await partners.find('adyen')]).toEqual([undefined, undefined]);
    expect(asked).toEqual(['arn:payment']);
    await expect(open({ 'arn:payment': 'deleted' }).partners.find('stripe')).rejects.toThrow(
      'specified secret.',
    );
  });

  test('is usable where it has settings that fit, and another one is left out', async () => {
    expect(await open(secretOf({ adyen: { key: 'a' } })).partners.usable()).toEqual(['adyen']);
    expect(await open({ 'arn:payment': 'empty' }).partners.usable()).toEqual([]);
    const wrong = open(secretOf({ stripe: { kee: 's' }, adyen: { key: 'a' } }));
    expect(await wrong.partners.usable()).toEqual(['adyen']);
    expect(lines().map(({ code }) => code)).toContain('SETTINGS_REFUSED');
    await expect(open({ 'arn:payment': 'unreadable' }).partners.usable()).rejects.toThrow('AccessDenied');
  });

  test('is loaded when it is needed, and never where it has no settings', async () => {
    const loaded: string[] = [];
    const registry = [late('stripe', loaded), late('adyen', loaded), late('paypal', loaded)];
    const { partners } = open(secretOf({ stripe: { key: 's' }, adyen: { key: 'a' } }), {}, registry);
    expect(loaded).toEqual([]);
    expect((await partners.get('adyen')).key).toBe('a');
    expect(await partners.find('paypal')).toBeUndefined();
    expect(loaded).toEqual(['adyen']);
    expect(await partners.usable()).toEqual(['stripe', 'adyen']);
    expect(loaded).toEqual(['adyen', 'stripe']);
  });

  test('that can not be loaded is an error, and not one of its settings', async () => {
    const registry = [{ code: 'stripe', load: () => Promise.reject(new Error('the file is gone')) }];
    const { partners } = open(secretOf({ stripe: { key: 's' } }), {}, registry);
    await expect(partners.get('stripe')).rejects.toThrow('the file is gone');
    await expect(partners.usable()).rejects.toThrow('the file is gone');
    expect(lines()).toEqual([]);
  });

  test('is bound to its settings once, and its secret is read once for all callers', async () => {
    const { partners, asked } = open(secretOf({ stripe: { key: 's' }, adyen: { key: 'a' } }));
    const stripe = await partners.get('stripe');
    expect(stripe.key).toBe('s');
    expect(await partners.get('stripe')).toBe(stripe);
    expect((await partners.get('adyen')).key).toBe('a');
    expect(asked).toEqual(['arn:payment']);
  });

  test('is bound again within minutes after its secret was rotated', async () => {
    const texts = secretOf({ stripe: { key: 'old' } });
    const { partners, pass } = open(texts);
    expect((await partners.get('stripe')).key).toBe('old');
    texts['arn:payment'] = JSON.stringify({ stripe: { key: 'new' } });
    pass(5 * minuteMs - 1);
    expect((await partners.get('stripe')).key).toBe('old');
    pass(1);
    expect((await partners.get('stripe')).key).toBe('new');
  });

  test('is gone within minutes after its settings were removed', async () => {
    const texts = secretOf({ stripe: { key: 's' } });
    const { partners, pass } = open(texts);
    await partners.get('stripe');
    texts['arn:payment'] = '{}';
    pass(5 * minuteMs);
    expect(await partners.find('stripe')).toBeUndefined();
  });

  test('keeps its settings while the secret cannot be read', async () => {
    const texts = secretOf({ stripe: { key: 's' } });
    const { partners, pass } = open(texts);
    const stripe = await partners.get('stripe');
    texts['arn:payment'] = 'unreadable';
    pass(5 * minuteMs);
    expect(await partners.find('stripe')).toBe(stripe);
    expect(lines()).toMatchObject([{ code: 'SECRET_UNREAD', kind: 'payment', partner: 'stripe' }]);
    texts['arn:payment'] = JSON.stringify({ stripe: { key: 'new' } });
    expect((await partners.get('stripe')).key).toBe('new');
  });
});

describe('a partner in use', () => {
  test.each([
    ['no JSON', '{"stripe": sk_secret'],
    ['no object', '["sk_secret"]'],
    ['wrong settings', '{"stripe":{"key":5,"other":"sk_secret"}}'],
  ])('stays bound if its secret was rotated to %s, until that is corrected', async (_what, wrong) => {
    const texts = secretOf({ stripe: { key: 's' } });
    const { partners, pass } = open(texts);
    const stripe = await partners.get('stripe');
    texts['arn:payment'] = wrong;
    pass(5 * minuteMs);
    expect(await partners.find('stripe')).toBe(stripe);
    expect(lines()).toMatchObject([{ code: 'SETTINGS_REFUSED', kind: 'payment', partner: 'stripe' }]);
    expect(JSON.stringify(lines())).not.toContain('sk_secret');
    texts['arn:payment'] = JSON.stringify({ stripe: { key: 'new' } });
    pass(5 * minuteMs);
    expect((await partners.get('stripe')).key).toBe('new');
  });

  test('is not bound to removed settings, whatever is stored later', async () => {
    const texts = secretOf({ stripe: { key: 's' } });
    const { partners, pass } = open(texts);
    await partners.get('stripe');
    texts['arn:payment'] = '{}';
    pass(5 * minuteMs);
    expect(await partners.find('stripe')).toBeUndefined();
    texts['arn:payment'] = '{"stripe":{}}';
    pass(5 * minuteMs);
    await expect(partners.find('stripe')).rejects.toThrow(SettingsRefused);
  });
});

describe('an absent partner', () => {
  test('has no settings in this deployment, or is in no registry', async () => {
    const { partners, asked } = open(secretOf({ stripe: { key: 's' } }));
    for (const code of ['paypal', '__proto__', 'constructor', ''])
      expect([code, await partners.find(code)]).toEqual([code, undefined]);
    // An unregistered code does not even cause a read of the secret.
    expect(asked).toEqual([]);
    expect(await partners.find('adyen')).toBeUndefined();
    await expect(partners.get('adyen')).rejects.toThrow('the payment partner adyen has no settings here');
  });
});

describe('unusable settings', () => {
  test.each([
    ['that do not fit', JSON.stringify({ stripe: { key: 5, other: 'sk_secret' } })],
    ['that are not JSON', '{"stripe": sk_secret'],
    ['that are a list', '["sk_secret"]'],
    ['that are null', 'null'],
    ['that are a text', '"sk_secret"'],
    ['that are a number', '7'],
  ])('with %s are refused, and no value is shown', async (_what, text) => {
    const { partners } = open({ 'arn:payment': text });
    const error: unknown = await partners.find('stripe').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SettingsRefused);
    expect(String(error)).not.toContain('sk_secret');
  });

  test('are accepted after they are corrected', async () => {
    const texts: Record<string, string> = { 'arn:payment': '{"stripe":{}}' };
    const { partners, pass } = open(texts);
    await expect(partners.find('stripe')).rejects.toThrow(SettingsRefused);
    texts['arn:payment'] = JSON.stringify({ stripe: { key: 's' } });
    pass(5 * minuteMs);
    expect((await partners.get('stripe')).key).toBe('s');
  });
});

describe('the environment of a function', () => {
  test('is refused by name if a general variable is missing', () => {
    expect(() => readSettings({ TABLE_NAME: 'table', STAGE: 'local' })).toThrow('BUS_NAME');
  });

  test('names only the secrets that the function may read', () => {
    const read = readSettings({
      ...{ TABLE_NAME: 't', BUS_NAME: 'b', STAGE: 's', SECRET_QUOTE_SIGNING: 'arn:quote' },
    });
    expect(read.secretArn('quote-signing')).toBe('arn:quote');
    expect(() => read.secretArn('partners-payment')).toThrow('was not given the secret partners-payment');
    expect(read.build).toBe('unknown');
  });
});

describe('a secret', () => {
  test('is read again after a failure, and only once for simultaneous callers', async () => {
    const texts: Record<string, string | undefined> = { 'arn:a': 'unreadable' };
    const { asked, client } = secretStore(texts);
    const secrets = createSecrets(() => new Date(0), client);
    await expect(secrets.read('arn:a')).rejects.toThrow('AccessDenied');
    texts['arn:a'] = 'text';
    expect(await Promise.all([secrets.read('arn:a'), secrets.read('arn:a')])).toEqual(['text', 'text']);
    expect(asked).toHaveLength(2);
    await expect(secrets.read('arn:none')).rejects.toThrow('a secret of ours is text');
  });
});

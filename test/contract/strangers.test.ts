import { describe, expect, it } from 'vitest';
import { readSandboxPartner } from '../../infra/sandbox/registry.ts';
import { brokers } from '../../shared/customs/brokers/index.ts';
import type { BoundPlugIn, PlugIn } from '../../shared/partners/plug-in.ts';
import { SettingsRefused } from '../../shared/partners/plug-in.ts';
import { loadPaymentProviders } from '../../shared/payment/providers/index.ts';
import { carriers } from '../../shared/shipping/carriers/index.ts';
import { warehouseSystems } from '../../shared/warehouse/systems/index.ts';

const registries: Readonly<Record<string, readonly PlugIn<string, BoundPlugIn>[]>> = {
  'shared/payment/providers': await loadPaymentProviders(),
  'shared/shipping/carriers': carriers,
  'shared/customs/brokers': brokers,
  'shared/warehouse/systems': warehouseSystems,
};
const plugIns = Object.entries(registries).flatMap(([folder, entries]) =>
  entries.map((plugIn) => ({ code: plugIn.code, folder, plugIn })),
);

const settingsOf = async (folder: string, code: string, change: { apiKey?: string; secret?: string }) => {
  const partner = await readSandboxPartner(`${folder}/${code}`);
  const { apiKey, webhookSecret } = partner.createKeys();
  const own = typeof webhookSecret === 'string' ? webhookSecret : (webhookSecret[0] ?? '');
  return partner.settings({
    url: 'http://127.0.0.1:1',
    apiKey: change.apiKey ?? apiKey,
    webhookSecrets: [{ id: 'first', value: change.secret ?? own }],
  });
};

const send = () => Promise.reject(new Error('nothing is sent'));
const now = '2026-11-23T12:00:00.000Z';
const seconds = Date.parse(now) / 1_000;

/** A body whose text nobody may ask for: neither to parse it, nor for anything else. */
function unreadBody(bytes: number): Buffer {
  const body = Buffer.alloc(bytes, '[');
  Object.defineProperty(body, 'toString', {
    value: () => {
      throw new Error('the body was read');
    },
  });
  return body;
}

/** Where the settings have that text, as `/apiKey`. */
function placeOf(settings: unknown, text: string, at = ''): string | undefined {
  if (settings === text) return at;
  if (typeof settings !== 'object' || settings === null) return undefined;
  const places = Object.entries(settings).map(([name, value]) => placeOf(value, text, `${at}/${name}`));
  return places.find((place) => place !== undefined);
}

/** Headers of every form of signature that the plug-ins know, each well formed and forged. */
const forged: Readonly<Record<string, string>> = {
  'stripe-signature': `t=${seconds},v1=${'0'.repeat(64)}`,
  'x-hmac-signature': `hmac-sha256-hex=${'0'.repeat(64)}`,
  authorization: `Basic ${Buffer.from('somebody:something').toString('base64')}`,
  'x-signature': `ts=${seconds},v1=${'0'.repeat(64)}`,
  'x-callback-token': '0'.repeat(64),
  'x-razorpay-signature': '0'.repeat(64),
  'paypal-transmission-id': '69cd13f0-d67a-11e5-baa3-778b53f4ae55',
  'paypal-transmission-time': '2026-11-23T12:00:00Z',
  'paypal-transmission-sig': Buffer.alloc(256).toString('base64'),
  'paypal-cert-url': 'https://api.paypal.com.example/v1/notifications/certs/CERT-1',
  'paypal-auth-algo': 'SHA256withRSA',
  'request-time': String(seconds * 1_000),
  'wechatpay-timestamp': String(seconds),
  'wechatpay-nonce': 'abc',
  'wechatpay-signature': Buffer.alloc(256).toString('base64'),
  signature: `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(Buffer.alloc(256).toString('base64'))}`,
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(seconds),
  'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
};

/** A message signature of RFC 9421, which has the same header as another form. */
const forgedMessage: Readonly<Record<string, string>> = {
  'content-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:`,
  'signature-input': `sig=("@method" "@path" "content-digest");created=${seconds}`,
  signature: `sig=:${Buffer.alloc(64).toString('base64')}:`,
};

describe.each(plugIns)('$folder/$code', ({ code, folder, plugIn }) => {
  it.each([
    ['nothing', {}, {}],
    ['a forged signature', forged, { secret: '0'.repeat(64) }],
  ])('does not read a body that came with %s', async (_what, sent, secrets) => {
    const bound = plugIn.bind(await settingsOf(folder, code, {}), send);
    const query = { 'data.id': '1', ...secrets };
    const signsMessages = sent === forged && code === 'pawapay';
    const headers = signsMessages ? { ...sent, ...forgedMessage } : sent;
    const verdict = await bound.verify(now, { headers, query, rawBody: unreadBody(4_000_000) });
    expect(verdict).toEqual({
      genuine: false,
      reason: Object.keys(headers).length === 0 ? 'no-signature' : 'bad-signature',
    });
  });

  it.each(['', 'whsec_', '***', '<your secret>', 'changeme', 'whsec_…'])(
    'refuses the placeholder %j, names the field and never the value',
    async (placeholder) => {
      const marker = 'f1e2d3c4b5a69788';
      const keyAt = placeOf(await settingsOf(folder, code, { apiKey: marker }), marker);
      for (const [change, field] of [
        [{ apiKey: placeholder }, keyAt],
        [{ secret: placeholder }, '/webhookSecrets/0/value'],
      ] as const) {
        const settings = await settingsOf(folder, code, change);
        const bind = () => plugIn.bind(settings, send);
        expect(bind).toThrow(SettingsRefused);
        expect(bind).toThrow(field ?? 'no field has the key');
        if (placeholder.length > 6) expect(bind).not.toThrow(placeholder);
      }
    },
  );
});

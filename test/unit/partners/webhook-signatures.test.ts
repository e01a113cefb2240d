import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import {
  nameCallback,
  readBodyId,
  standardWebhookSecretsSchema,
  verifyPrefixedHex,
  verifyStandardWebhook,
  verifyTimestampedHex,
  webhookSecretsSchema,
} from '../../../shared/partners/webhook-signatures/index.ts';
import { standardWebhookKey } from '../../../shared/partners/webhook-signatures/webhook-secret.ts';

const now = '2026-11-23T12:00:00.000Z';
const nowSeconds = Date.parse(now) / 1_000;
const secrets = [
  { id: 'new', value: 'whsec_bmV3IHNlY3JldCBvZiAyNCBieXRlcyE=' },
  { id: 'old', value: 'whsec_b2xkIHNlY3JldCBvZiAyNCBieXRlcyE=' },
];
const body = Buffer.from('{"id":"evt_1","name":"ä"}');

const hex = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

describe('t=,v1= (Stripe)', () => {
  const sign = (secret: string, seconds = nowSeconds) => hex(secret, `${seconds}.${body}`);
  const verify = (header: string | undefined) =>
    verifyTimestampedHex(header, { rawBody: body, now, secrets });

  it('agrees with a vector that was computed independently', () => {
    const check = verifyTimestampedHex(
      't=1492774577,v1=88a022085c6bdb887b02cb26ff76dd681234d9675c0f22844059f55552a8883a',
      {
        rawBody: Buffer.from('{"id":"evt_test_webhook","object":"event"}'),
        now: '2017-04-21T11:36:17.000Z',
        secrets: [{ id: 'only', value: 'whsec_test_secret' }],
      },
    );
    expect(check).toEqual({ genuine: true, secretId: 'only' });
  });

  it('names the secret that signed, for any of several signatures', () => {
    const [fresh, old] = secrets.map(({ value }) => sign(value));
    expect(verify(`t=${nowSeconds},v1=${fresh}`)).toEqual({ genuine: true, secretId: 'new' });
    expect(verify(`t=${nowSeconds},v1=${old}`)).toEqual({ genuine: true, secretId: 'old' });
    expect(verify(`t=${nowSeconds},v1=${'0'.repeat(64)},v1=${old}`)).toEqual({
      genuine: true,
      secretId: 'old',
    });
  });

  it.each([
    [undefined, 'no-signature'],
    ['', 'no-signature'],
    ['nonsense', 'malformed'],
    [`v1=${'0'.repeat(64)}`, 'malformed'],
    [`t=now,v1=${'0'.repeat(64)}`, 'malformed'],
    [`t=-5,v1=${'0'.repeat(64)}`, 'malformed'],
    [`t=${nowSeconds}`, 'malformed'],
    [`t=${nowSeconds},v1=${'0'.repeat(64)}`, 'bad-signature'],
    [`t=${nowSeconds},v1=`, 'bad-signature'],
    [`t=${nowSeconds},v0=${sign(secrets[0]?.value ?? '')}`, 'malformed'],
  ])('refuses %s', (header, reason) => {
    expect(verify(header)).toEqual({ genuine: false, reason });
  });

  it.each([
    [-300, true],
    [300, true],
    [-301, false],
    [301, false],
  ])('%i seconds from now', (offset, genuine) => {
    const seconds = nowSeconds + offset;
    const check = verify(`t=${seconds},v1=${sign(secrets[0]?.value ?? '', seconds)}`);
    expect(check.genuine).toBe(genuine);
  });

  it('calls an old signature with a wrong secret bad, not stale', () => {
    expect(verify(`t=${nowSeconds - 900},v1=${sign('whsec_other', nowSeconds - 900)}`)).toEqual({
      genuine: false,
      reason: 'bad-signature',
    });
  });
});

describe('hmac-sha256-hex= (EasyPost)', () => {
  const verify = (header: string | undefined, value = 's\u00e9cret') =>
    verifyPrefixedHex(header, { rawBody: body, now, secrets: [{ id: 'only', value }] });
  const header = `hmac-sha256-hex=${hex('s\u0065\u0301cret', body.toString())}`;

  it('normalises the secret: composed and decomposed characters are equal', () => {
    expect(verify(header)).toEqual({ genuine: true, secretId: 'only' });
    expect(verify(header, 's\u0065\u0301cret')).toEqual({ genuine: true, secretId: 'only' });
  });

  it.each([
    [undefined, 'no-signature'],
    [header.slice(16), 'malformed'],
    [`${header}0`, 'bad-signature'],
    [header.slice(0, -1), 'bad-signature'],
    [header.toUpperCase().replace('HMAC-SHA256-HEX', 'hmac-sha256-hex'), 'bad-signature'],
  ])('refuses %s', (given, reason) => {
    expect(verify(given)).toEqual({ genuine: false, reason });
  });
});

describe('Standard Webhooks', () => {
  const published = {
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    rawBody: Buffer.from('{"test": 2432232314}'),
  };
  const context = {
    now: '2021-02-25T15:02:10.000Z',
    secrets: [
      { id: 'other', value: 'whsec_b2xkIHNlY3JldCBvZiAyNCBieXRlcyE=' },
      { id: 'published', value: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
    ],
  };
  const withHeader = (name: string, value: string) => ({
    ...published,
    headers: { ...published.headers, [name]: value },
  });

  it('accepts the vector that the standard publishes', () => {
    expect(verifyStandardWebhook(published, context)).toEqual({ genuine: true, secretId: 'published' });
  });

  it('accepts one good signature among several', () => {
    const several = `v1,AAAA v1a,BBBB ${published.headers['webhook-signature']}`;
    expect(verifyStandardWebhook(withHeader('webhook-signature', several), context).genuine).toBe(true);
  });

  it('takes a secret without its prefix', () => {
    const bare = [{ id: 'bare', value: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }];
    expect(verifyStandardWebhook(published, { ...context, secrets: bare })).toEqual({
      genuine: true,
      secretId: 'bare',
    });
  });

  it.each([
    ['webhook-id', 'msg_other', 'bad-signature'],
    ['webhook-timestamp', '1614265331', 'bad-signature'],
    ['webhook-timestamp', 'today', 'malformed'],
    ['webhook-signature', 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', 'bad-signature'],
    ['webhook-signature', '', 'no-signature'],
  ])('refuses %s: %s', (name, value, reason) => {
    expect(verifyStandardWebhook(withHeader(name, value), context)).toEqual({ genuine: false, reason });
  });

  it('refuses the published vector more than five minutes before and after its time', () => {
    for (const moment of ['2021-02-25T15:07:11.000Z', '2021-02-25T14:57:09.000Z']) {
      expect(verifyStandardWebhook(published, { ...context, now: moment })).toEqual({
        genuine: false,
        reason: 'stale',
      });
    }
  });
});

describe('for any input', () => {
  it('no verifier throws, and none accepts an unsigned call', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.uint8Array(), (header, other, bytes) => {
        const rawBody = Buffer.from(bytes);
        const message = { rawBody, now, secrets };
        const headers = {
          'webhook-id': other,
          'webhook-timestamp': `${nowSeconds}`,
          'webhook-signature': header,
        };
        const checks = [
          verifyTimestampedHex(header, message),
          verifyTimestampedHex(`t=${nowSeconds},v1=${header}`, message),
          verifyPrefixedHex(`hmac-sha256-hex=${header}`, message),
          verifyStandardWebhook({ headers, rawBody }, { now, secrets }),
        ];
        expect(checks.some((check) => check.genuine)).toBe(false);
        readBodyId(rawBody);
      }),
    );
  });

  it('a changed byte of the body makes the signature bad', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (bytes, at) => {
        const rawBody = Buffer.from(bytes);
        const signature = createHmac('sha256', secrets[0]?.value ?? '')
          .update(`${nowSeconds}.`)
          .update(rawBody)
          .digest('hex');
        const changed = Buffer.from(rawBody);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ 1;
        const header = `t=${nowSeconds},v1=${signature}`;
        expect(verifyTimestampedHex(header, { rawBody, now, secrets }).genuine).toBe(true);
        expect(verifyTimestampedHex(header, { rawBody: changed, now, secrets }).genuine).toBe(false);
      }),
    );
  });
});

describe('a secret', () => {
  const refusalOf = (schema: z.ZodType, value: string) => {
    const read = schema.safeParse([{ id: 'first', value }]);
    if (read.success) return undefined;
    // What the caller reads never has the value.
    if (value.length > 6) expect(JSON.stringify(read.error.issues)).not.toContain(value);
    return read.error.issues.map(({ path }) => path.join('/'));
  };
  const bytes = (length: number) =>
    `whsec_${Buffer.from(Array.from({ length }, (_, place) => (place * 37) % 256)).toString('base64')}`;

  it.each([
    '',
    ' ',
    'whsec_',
    'whsec_…',
    '***',
    '<>',
    '<your secret>',
    'changeme',
    'CHANGE_ME',
    'sk_test_...',
    '{{SECRET}}',
    'xxxxxxxx',
    'your-api-key',
    'whsec_placeholder',
    'null',
    'sk_test_your_key_here',
    'sk_live_xxxxxxxxxxxxxxxxxxxxxxxx',
    'YOUR-SECRET-KEY',
    'yourSecretKey',
    'paste the secret here',
    'change-me-now',
    'REPLACE_WITH_THE_SIGNING_SECRET',
    'whsec_insert_secret',
    'EZTKxxx',
    'TODO: ask finance',
  ])('that is a placeholder is refused for every partner: %j', (value) => {
    expect(refusalOf(webhookSecretsSchema, value)).toEqual(['0/value']);
    expect(refusalOf(standardWebhookSecretsSchema, value)).toEqual(['0/value']);
  });

  it.each([
    bytes(23),
    bytes(65),
    bytes(24).slice(0, -1),
    `${bytes(24)}=`,
    `${bytes(25).slice(0, -2)}*=`,
    bytes(24).replace('C', '-'),
    `${bytes(24)} `,
    `whsec_${'A'.repeat(32)}`,
    `whsec_${'ABCD'.repeat(8)}`,
    `whsec_${Buffer.alloc(32, 'secret').toString('base64')}`,
  ])('of Standard Webhooks is exact base 64 of 24 to 64 bytes: not %j', (value) => {
    expect(refusalOf(standardWebhookSecretsSchema, value)).toEqual(['0/value']);
    expect(standardWebhookKey(value)).toBeUndefined();
  });

  it.each([bytes(24), bytes(64), bytes(24).replace('whsec_', '')])(
    'of 24 to 64 bytes is taken: %j',
    (value) => {
      expect(refusalOf(standardWebhookSecretsSchema, value)).toBeUndefined();
    },
  );

  it.each(['s\u00e9cret', 'EZTKsandbox', 'whsec_1', 'sk_test_1'])('that is a text is taken: %j', (value) => {
    expect(refusalOf(webhookSecretsSchema, value)).toBeUndefined();
  });

  it.each(['whsec_', '***', '<>', 'whsec_…', ''])('that is an empty key signs nothing: %j', (value) => {
    const signed = createHmac('sha256', '').update(`msg_1.${nowSeconds}.`).update(body).digest('base64');
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': `${nowSeconds}`,
      'webhook-signature': `v1,${signed}`,
    };
    const check = verifyStandardWebhook(
      { headers, rawBody: body },
      { now, secrets: [{ id: 'empty', value }] },
    );
    expect(check).toEqual({ genuine: false, reason: 'bad-signature' });
  });
});

describe('ended secrets', () => {
  it('are accepted until the last instant of their period', () => {
    const value = 'whsec_old';
    const header = `t=${nowSeconds},v1=${hex(value, `${nowSeconds}.${body}`)}`;
    const judge = (notAfter: string) =>
      verifyTimestampedHex(header, { rawBody: body, now, secrets: [{ id: 'old', value, notAfter }] }).genuine;
    expect(judge('2026-11-23T12:00:00.000Z')).toBe(true);
    expect(judge('2026-11-23T11:59:59.999Z')).toBe(false);
  });
});

describe('the id of a callback', () => {
  it.each([
    ['{"id":"evt_1"}', 'evt_1'],
    ['{"id":7}', undefined],
    ['{}', undefined],
    ['[]', undefined],
    ['null', undefined],
    ['{', undefined],
    ['', undefined],
  ])('is taken from %s', (text, id) => {
    expect(readBodyId(Buffer.from(text))).toBe(id);
  });

  it('is required of every genuine callback', () => {
    const good = { genuine: true, secretId: 'only' } as const;
    expect(nameCallback(good, () => 'evt_1')).toEqual({
      genuine: true,
      callbackId: 'evt_1',
      secretId: 'only',
    });
    expect(nameCallback(good, () => undefined)).toEqual({ genuine: false, reason: 'malformed' });
  });

  it('is not read of a call that is not genuine', () => {
    const read = () => {
      throw new Error('the body was read');
    };
    const refused = { genuine: false, reason: 'stale' } as const;
    expect(nameCallback(refused, read)).toEqual(refused);
  });

  it.each(['e'.repeat(201), 'e'.repeat(100_000), 'id with spaces', 'evt_\u0000', 'Übergabe-1', '\ud800'])(
    'is a hash where it is longer or odder than the table takes: %#',
    (id) => {
      const named = nameCallback({ genuine: true, secretId: 'only' }, () => id);
      expect(named).toMatchObject({ callbackId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
      expect(nameCallback({ genuine: true, secretId: 'only' }, () => id)).toEqual(named);
      expect(nameCallback({ genuine: true, secretId: 'only' }, () => `${id}2`)).not.toEqual(named);
    },
  );
});

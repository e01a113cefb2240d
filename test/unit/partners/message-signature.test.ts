import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyMessageSignature } from '../../../shared/partners/webhook-signatures/index.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const url = 'https://shop.example/v1/hooks/payment/one?x=1';
const now = '2026-11-30T12:00:00.000Z';
const seconds = Date.parse(now) / 1_000;
const body = Buffer.from('{"id":"1"}');

interface Changes {
  readonly list?: string;
  readonly parameters?: string;
  readonly dsaEncoding?: 'der' | 'ieee-p1363';
  readonly digest?: string;
  readonly label?: string;
}

/** The headers of a call whose base is written out line by line, as section 2.5 of RFC 9421 shows it. */
function headersOf(changes: Changes = {}): Record<string, string> {
  const { dsaEncoding = 'ieee-p1363', label = 'sig1' } = changes;
  const list = changes.list ?? '("@method" "@authority" "@path" "signature-date" "content-digest")';
  const parameters = changes.parameters ?? `created=${seconds};alg="ecdsa-p256-sha256";keyid="k"`;
  const digest = changes.digest ?? `sha-512=:${createHash('sha512').update(body).digest('base64')}:`;
  const lines: Record<string, string> = {
    ...{ '@method': 'POST', '@authority': 'shop.example', '@path': '/v1/hooks/payment/one' },
    ...{ 'signature-date': 'today', 'content-digest': digest, '@query': '?x=1' },
  };
  const names = [...list.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
  const base = [
    ...names.map((name) => `"${name}": ${lines[name]}`),
    `"@signature-params": ${list};${parameters}`,
  ].join('\n');
  const signature = sign('sha256', Buffer.from(base), { key: privateKey, dsaEncoding }).toString('base64');
  return {
    ...{ 'content-digest': digest, 'signature-date': 'today' },
    'signature-input': `sig1=${list};${parameters}`,
    signature: `${label}=:${signature}:`,
  };
}

const verdictOn = (headers: Record<string, string>, over: { now?: string; url?: string } = {}) => {
  const check = verifyMessageSignature(
    { headers, rawBody: body },
    { ...{ url, now, secrets: [{ id: 'only', value: key }] }, ...over },
  );
  return check.genuine ? 'genuine' : check.reason;
};

describe('message signatures of RFC 9421', () => {
  it.each(['der', 'ieee-p1363'] as const)('are accepted in the form %s', (dsaEncoding) => {
    expect(verdictOn(headersOf({ dsaEncoding }))).toBe('genuine');
  });

  it.each([
    ['another host', 'https://other.example/v1/hooks/payment/one'],
    ['another path', 'https://shop.example/v1/hooks/payment/two'],
  ])('are refused for %s', (_name, other) => {
    expect(verdictOn(headersOf(), { url: other })).toBe('bad-signature');
  });

  it('have to cover the method, the path and the digest of the body', () => {
    for (const list of ['("@method" "@path")', '("@path" "content-digest")', '("@method" "content-digest")'])
      expect(verdictOn(headersOf({ list }))).toBe('malformed');
  });

  it.each([
    ['no time', { parameters: 'alg="ecdsa-p256-sha256"' }],
    ['another algorithm', { parameters: `created=${seconds};alg="hmac-sha256"` }],
    ['a component that we do not know', { list: '("@method" "@path" "@query" "content-digest")' }],
    ['a header that is not there', { list: '("@method" "@path" "date" "content-digest")' }],
    ['a header by the name of a member', { list: '("@method" "@path" "constructor" "content-digest")' }],
  ])('are malformed with %s', (_name, changes) => {
    expect(verdictOn(headersOf(changes))).toBe('malformed');
  });

  it('are refused if the digest is not that of the body, or too weak', () => {
    const other = `sha-512=:${createHash('sha512').update('other').digest('base64')}:`;
    expect(verdictOn(headersOf({ digest: other }))).toBe('bad-signature');
    const weak = `md5=:${createHash('md5').update(body).digest('base64')}:`;
    expect(verdictOn(headersOf({ digest: weak }))).toBe('bad-signature');
  });

  it('are refused after their end, and five minutes after they were made', () => {
    const short = headersOf({ parameters: `created=${seconds};expires=${seconds + 60}` });
    expect(verdictOn(short, { now: '2026-11-30T12:01:00.000Z' })).toBe('genuine');
    expect(verdictOn(short, { now: '2026-11-30T12:01:01.000Z' })).toBe('stale');
    expect(verdictOn(headersOf(), { now: '2026-11-30T12:05:00.000Z' })).toBe('genuine');
    expect(verdictOn(headersOf(), { now: '2026-11-30T12:05:01.000Z' })).toBe('stale');
  });

  it('need a label that both headers have', () => {
    expect(verdictOn(headersOf({ label: 'sig2' }))).toBe('malformed');
  });
});

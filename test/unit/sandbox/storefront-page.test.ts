import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStorefront, STOREFRONT_PATH } from '../../../infra/sandbox/storefront/serve-storefront.ts';

interface Words {
  methodName(method: string, providerTitle?: string): string;
  timeLeft(untilMs: number, nowMs: number): string | undefined;
}
const words: Words = await import(pathToFileURL(resolve('infra/sandbox/storefront/words.mjs')).href);

const storefront = createStorefront();
const server = createServer((request, response) => void storefront.mount.handle(request, response));
let url = '';
const get = (path: string) => fetch(`${url}${STOREFRONT_PATH}${path}`);

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('the page of the sample shop', () => {
  it('is closed until the shop has something to sell', async () => {
    expect((await get('')).status).toBe(503);
    const script = new URL('../../../infra/sandbox/storefront/words.mjs', import.meta.url);
    const shown = { code: 'library', title: 'Library', url: 'http://127.0.0.1:7001' };
    storefront.open({
      ...{ storefrontKey: 'pk_1', products: [], basket: [] },
      providers: [
        { ...shown, pageScript: script, testCards: [{ number: '4', id: 'good', effect: 'pays' }] },
        { code: 'pages', title: 'Pages', url: 'http://127.0.0.1:7002' },
      ],
    });
    expect((await get('')).status).toBe(200);
  });

  it('calls its own server and the providers whose library it replaces, and nobody else', async () => {
    const policy = (await get('')).headers.get('content-security-policy') ?? '';
    const rules = Object.fromEntries(policy.split('; ').map((rule) => rule.split(/ (.*)/)));
    expect(rules).toMatchObject({
      ...{ 'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'img-src': 'data:' },
      'connect-src': "'self' http://127.0.0.1:7001",
      ...{ 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" },
    });
  });

  it('has no script and no style in its text, which the policy would refuse', async () => {
    const page = await (await get('')).text();
    expect(page).not.toMatch(/<style|style="|<script(?![^>]*\bsrc=)|\son\w+="/);
    for (const [, path] of page.matchAll(/(?:src|href)="(shop\/[^"]+)"/g))
      expect((await get(`/${path?.slice('shop/'.length)}`)).status).toBe(200);
  });

  it('gives the script of a provider by its code, and no other file', async () => {
    expect((await get('/providers/library.mjs')).headers.get('content-type')).toContain('text/javascript');
    for (const path of ['/providers/pages.mjs', '/providers/..%2fwords.mjs', '/places.ts', '/../README.md'])
      expect((await get(path)).status).not.toBe(200);
  });

  it('gives no secret and no address of a file with its settings', async () => {
    const settings = await (await get('/settings.json')).text();
    expect(settings).not.toContain('file:');
    expect(JSON.parse(settings).providers).toEqual([
      {
        ...{ code: 'library', title: 'Library', url: 'http://127.0.0.1:7001', hasScript: true },
        testCards: [{ number: '4', id: 'good', effect: 'pays' }],
      },
      { code: 'pages', title: 'Pages', url: 'http://127.0.0.1:7002', hasScript: false },
    ]);
  });
});

describe('words of the sample shop', () => {
  it.each([
    ['card', 'Any', 'Card'],
    ['ideal', 'Any', 'iDEAL'],
    ['my-pay', 'My Pay', 'My Pay'],
    ['bank-transfer', 'Any', 'Bank transfer'],
  ])('%s by %s is %s', (method, title, name) => {
    expect(words.methodName(method, title)).toBe(name);
  });

  it.each([
    [0, undefined],
    [-5, undefined],
    [1, '0:01'],
    [59_001, '1:00'],
    [299_000, '4:59'],
    [3_600_000, '1 h 00 min'],
    [3 * 3_600_000 + 5 * 60_000, '3 h 05 min'],
    [24 * 3_600_000, '1 day'],
    [(2 * 24 + 4) * 3_600_000, '2 days 4 h'],
  ])('%i ms are shown as %s', (ms, text) => {
    expect(words.timeLeft(1_000_000 + ms, 1_000_000)).toBe(text);
  });
});

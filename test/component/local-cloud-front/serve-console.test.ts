import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listener, listen } from '../../../infra/local/front/http-listener.ts';
import { createConsole } from '../../../infra/local/front/serve-console.ts';

describe('the console as it is served', () => {
  let listener: Listener;
  let page: string;
  const get = (path: string, encoding = 'identity') =>
    fetch(`${listener.url}/console${path}`, { headers: { 'accept-encoding': encoding } });
  const assets = () => [...page.matchAll(/"\/console\/(assets\/[^"]+)"/g)].map(([, name]) => `/${name}`);

  beforeAll(async () => {
    const { handle } = createConsole();
    listener = await listen(handle, 0, (error) => {
      throw error;
    });
    page = await (await get('/')).text();
  }, 60_000);
  afterAll(() => listener.stop());

  it('names files whose names have a hash, which a browser keeps for ever', async () => {
    expect(assets().length).toBeGreaterThan(2);
    for (const asset of assets()) {
      const answer = await get(asset);
      expect(asset).toMatch(/^\/assets\/[\w-]+-[\w]{8,12}\.(js|css)$/);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([
        ...[200, 'public, max-age=31536000, immutable'],
      ]);
    }
  });

  it('is the page at every address of a page, which is asked for each time', async () => {
    for (const path of [
      '',
      '/',
      '/orders',
      '/orders/ord_01KAXB3J5K0000000000000000',
      '/products/SHIRT.L',
      '/index.html',
    ]) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('cache-control')], path).toEqual([200, 'no-cache']);
      expect(await answer.text(), path).toBe(page);
    }
  });

  it('has no page in the place of a script that is gone, and no file from elsewhere', async () => {
    for (const path of ['/assets/orders-00000000.js', '/assets/..%2Findex.html', '/assets/'])
      expect((await get(path)).status, path).toBe(404);
    expect(await (await get('/..%2f..%2fetc/passwd')).text()).toBe(page);
  });

  it('is sent compressed to browsers that take it', async () => {
    const style = assets().find((asset) => asset.endsWith('.css')) ?? '';
    const plain = await (await get(style)).arrayBuffer();
    const compressed = await get(style, 'gzip, br');
    expect(compressed.headers.get('content-encoding')).toBe('br');
    expect(compressed.headers.get('vary')).toBe('accept-encoding');
    expect(Number(compressed.headers.get('content-length'))).toBeLessThan(plain.byteLength / 5);
    expect((await get(style, 'gzip')).headers.get('content-encoding')).toBe('gzip');
  });

  it('names this server alone in its policy, and has its fonts as files', async () => {
    const answer = await get('/');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|http/);
    const style = await (await get(assets().find((asset) => asset.endsWith('.css')) ?? '')).text();
    expect(style).not.toContain('data:font');
    const [, font] = /url\((font-[\w-]+\.woff2)\)/.exec(style) ?? [];
    const sent = await get(`/assets/${font}`, 'br');
    expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'font/woff2']);
    expect(sent.headers.get('content-encoding')).toBeNull();
  });

  it('tells the console its issuer', async () => {
    expect(await (await get('/config.json')).json()).toEqual({
      issuer: `${listener.url}/_local/issuer`,
      clientId: 'console',
      scopePrefix: '',
    });
  });
});

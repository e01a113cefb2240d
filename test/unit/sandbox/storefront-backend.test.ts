import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

interface ShopModule {
  createBackend(options: { url: string; storefrontKey: string }): {
    quote(basket: object, signal?: AbortSignal): Promise<object>;
  };
}

const module: ShopModule = await import(pathToFileURL(resolve('infra/sandbox/storefront/backend.mjs')).href);

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function shopOn(answer: RequestListener) {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const { port } = listening.address() as AddressInfo;
  return module.createBackend({ url: `http://127.0.0.1:${port}`, storefrontKey: 'pk' });
}

describe('a quote of the sample shop', () => {
  it('is no empty quote if the request is aborted while the answer arrives', async () => {
    const controller = new AbortController();
    const shop = await shopOn((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"quoteId":');
      setTimeout(() => controller.abort(), 30);
    });
    await expect(shop.quote({}, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is no empty quote if the answer is cut off', async () => {
    const shop = await shopOn((_request, response) => response.end('{"quoteId":'));
    await expect(shop.quote({})).rejects.toThrow(SyntaxError);
  });

  it('gives the HTTP status if it is refused without JSON', async () => {
    const shop = await shopOn((_request, response) => response.writeHead(502).end('<html>'));
    await expect(shop.quote({})).rejects.toThrow('The shop answered 502.');
  });
});

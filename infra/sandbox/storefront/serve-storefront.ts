import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { Mount } from '../../local/front/http-listener.ts';
import type { Checkout } from '../checkout.ts';

/** The data about the backend that the sample shop's pages need. */
export interface StorefrontSettings {
  /** The publishable key of the storefront. */
  readonly storefrontKey: string;
  /** How its shoppers pay. */
  readonly checkout: Pick<Checkout, 'url' | 'testCards' | 'pageScript'>;
  /** Amounts in minor units. */
  readonly products: readonly {
    readonly sku: string;
    readonly name: string;
    readonly price: { readonly amount: number; readonly currency: string };
  }[];
  /** The basket when the page opens. */
  readonly basket: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface Storefront {
  readonly mount: Mount;
  /** Opens the shop. Until then its page says that the shop is closed. */
  open(settings: StorefrontSettings): void;
}

export const STOREFRONT_PATH = '/_local/shop';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const JSON_TYPE = 'application/json';

/** The shop's own files, by their paths below the shop's. No other path is looked up, except {@link CARD}. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['', 'index.html'],
  ...['shop', 'backend', 'places', 'view', 'words'].map((name) => [`/${name}.mjs`, `${name}.mjs`] as const),
]);

/** The script of the payment provider, which stands in its plug-in's folder. */
const CARD = '/card.mjs';

const CLOSED = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sample shop</title>
<body style="font:16px/1.5 system-ui;margin:3rem auto;max-width:40rem;padding:0 1rem"><h1>The shop is closed</h1>
<p>It opens when the sample catalogue is stored. Look again in a moment; a backend that was started without the
sample catalogue has nothing to sell here.</p>`;

/** The sample shop: static files, and the settings of the backend. */
export function createStorefront(): Storefront {
  let settings: StorefrontSettings | undefined;
  return {
    open: (given) => {
      settings = given;
    },
    mount: {
      prefix: STOREFRONT_PATH,
      handle: async (request, response) => {
        const { pathname } = new URL(request.url ?? '/', 'http://shop');
        const path = pathname.slice(STOREFRONT_PATH.length);
        const isRead = request.method === 'GET' || request.method === 'HEAD';
        if (!isRead) return send(response, { status: 405, type: HTML, body: 'Only GET and HEAD' });
        if (path === '/') {
          // The page names its files relative to the address without a slash at the end.
          response.setHeader('location', STOREFRONT_PATH);
          return send(response, { status: 308, type: HTML, body: '' });
        }
        if (settings === undefined) return send(response, { status: 503, type: HTML, body: CLOSED });
        if (path === '/settings.json') {
          const { checkout, ...shop } = settings;
          const { url: paymentUrl, testCards } = checkout;
          const body = JSON.stringify({ ...shop, paymentUrl, testCards });
          return send(response, { status: 200, type: JSON_TYPE, body });
        }
        const file = path === CARD ? settings.checkout.pageScript : ownFile(path);
        if (file === undefined) return send(response, { status: 404, type: HTML, body: 'Not found' });
        const body = await readFile(file, 'utf8');
        send(response, { status: 200, type: path === '' ? HTML : SCRIPT, body });
      },
    },
  };
}

/** The file of the shop at this path, if there is one. */
function ownFile(path: string): URL | undefined {
  const name = FILES.get(path);
  return name === undefined ? undefined : new URL(name, import.meta.url);
}

function send(
  response: ServerResponse,
  { status, type, body }: { readonly status: number; readonly type: string; readonly body: string },
): void {
  response
    .writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    })
    .end(body);
}

import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Mount } from '../../local/front/http-listener.ts';
import type { ShownProvider } from '../find-checkout.ts';

/** The data about the backend that the sample shop's pages need. */
export interface StorefrontSettings {
  /** The publishable key of the storefront. */
  readonly storefrontKey: string;
  /** Where its shoppers pay. */
  readonly providers: readonly ShownProvider[];
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
const STYLE = 'text/css; charset=utf-8';
const JSON_TYPE = 'application/json';

const SCRIPTS = ['shop', 'backend', 'order', 'pay-view', 'places', 'view', 'words'];

/** The shop's own files, by their paths below the shop's. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['', 'index.html'],
  ['/shop.css', 'shop.css'],
  ...SCRIPTS.map((name) => [`/${name}.mjs`, `${name}.mjs`] as const),
]);

/** The library that draws the codes. It is one file without imports. */
const QR = '/qr.mjs';

/** The script of a payment provider, which is in its plug-in's folder: `/providers/{code}.mjs`. */
const PROVIDER = /^\/providers\/([a-z0-9-]+)\.mjs$/;

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
          const providers = settings.providers.map(({ pageScript, ...shown }) => ({
            ...{ ...shown, hasScript: pageScript !== undefined },
          }));
          return send(response, {
            ...{ status: 200, type: JSON_TYPE, body: JSON.stringify({ ...settings, providers }) },
          });
        }
        const file = fileAt(path, settings);
        if (file === undefined) return send(response, { status: 404, type: HTML, body: 'Not found' });
        const body = await readFile(file, 'utf8');
        if (path !== '') return send(response, { status: 200, type: typeOf(path), body });
        response.setHeader('content-security-policy', policyFor(settings));
        send(response, { status: 200, type: HTML, body });
      },
    },
  };
}

/** The file at this path: of the shop, of a payment provider, or of the library that draws codes. */
function fileAt(path: string, { providers }: StorefrontSettings): URL | undefined {
  if (path === QR) return pathToFileURL(createRequire(import.meta.url).resolve('qr'));
  const [, code] = PROVIDER.exec(path) ?? [];
  if (code !== undefined) return providers.find((provider) => provider.code === code)?.pageScript;
  const name = FILES.get(path);
  return name === undefined ? undefined : new URL(name, import.meta.url);
}

const typeOf = (path: string): string => (path.endsWith('.css') ? STYLE : SCRIPT);

/**
 * What the page may load: its own files alone, images that it draws itself, and calls to its own server and to the
 * providers whose browser library it replaces.
 */
function policyFor({ providers }: StorefrontSettings): string {
  const called = providers.filter(({ pageScript }) => pageScript !== undefined).map(({ url }) => url);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src ${["'self'", ...called].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
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
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}

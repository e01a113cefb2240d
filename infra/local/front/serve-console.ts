import { mkdtemp, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { buildConsole, CONSOLE_FILES } from '../../console/build-console.ts';
import { CONSOLE_CLIENT } from './code-flow.ts';
import type { Mount } from './http-listener.ts';
import { issuerPath } from './signing-key.ts';

/** Where the console of operators is. */
const CONSOLE_PATH = '/console';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

/**
 * What the pages may load: their own script and styles, fonts and pictures that are in them, and calls to this server.
 * A name that someone typed can start no script.
 */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'font-src data:',
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The console at `/console`. It is built at the first request. Every address below it that is no file is its page. */
export function createConsole(): Mount {
  let built: Promise<string> | undefined;
  return {
    prefix: CONSOLE_PATH,
    handle: async (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return send(response, { status: 405, type: 'text/plain', body: 'Only GET and HEAD' });
      const { pathname, origin } = new URL(request.url ?? '/', `http://${request.headers.host ?? 'console'}`);
      const name = pathname.slice(CONSOLE_PATH.length + 1);
      if (name === 'config.json') {
        const config = { issuer: `${origin}${issuerPath}`, clientId: CONSOLE_CLIENT, scopePrefix: '' };
        return send(response, { status: 200, type: '.json', body: JSON.stringify(config) });
      }
      built ??= buildOnce();
      const folder = await built;
      const file = CONSOLE_FILES.find((one) => one === name) ?? 'index.html';
      send(response, { status: 200, type: extname(file), body: await readFile(join(folder, file)) });
    },
  };
}

async function buildOnce(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-console-'));
  await buildConsole(folder);
  return folder;
}

function send(
  response: ServerResponse,
  { status, type, body }: { readonly status: number; readonly type: string; readonly body: string | Buffer },
): void {
  response
    .writeHead(status, {
      'content-type': TYPES[type] ?? type,
      'content-length': Buffer.byteLength(body),
      'content-security-policy': CONSOLE_POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}

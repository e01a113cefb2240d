import { mkdtemp } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { ASSETS, buildConsole } from '../../console/build-console.ts';
import { CACHE_CONTROL, consolePolicy } from '../../console/console-headers.ts';
import { CONSOLE_CLIENT } from './code-flow.ts';
import { type ConsoleFiles, readConsoleFiles, type ServedFile } from './console-files.ts';
import type { Mount } from './http-listener.ts';
import { issuerPath } from './signing-key.ts';

/** Where the console of operators is. */
const CONSOLE_PATH = '/console';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/**
 * The console at `/console`. It is built at the first request. Every address below it is its page but those of its
 * hashed files: one of them that is gone is missing, so that a browser never takes the page for a script.
 */
export function createConsole(): Mount {
  let built: Promise<ConsoleFiles> | undefined;
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
      const files = await built;
      const file = files.get(name.startsWith(`${ASSETS}/`) ? name : 'index.html');
      if (file === undefined)
        return send(response, { status: 404, type: 'text/plain', body: 'No such file' });
      sendFile(request, response, file);
    },
  };
}

async function buildOnce(): Promise<ConsoleFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-console-'));
  await buildConsole(folder);
  return readConsoleFiles(folder);
}

/** Sends a file in the smallest form that the browser takes. */
function sendFile({ headers }: IncomingMessage, response: ServerResponse, file: ServedFile): void {
  const accepted = String(headers['accept-encoding'] ?? '');
  const encoding = (['br', 'gzip'] as const).find((one) => accepted.includes(one) && file[one] !== undefined);
  response.setHeader('vary', 'accept-encoding');
  if (encoding !== undefined) response.setHeader('content-encoding', encoding);
  const body = (encoding && file[encoding]) ?? file.plain;
  const cache = file.isHashed ? CACHE_CONTROL.hashed : CACHE_CONTROL.fixed;
  send(response, { status: 200, type: extname(file.name), body, cache });
}

interface Sent {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly cache?: string;
}

function send(response: ServerResponse, { status, type, body, cache = 'no-store' }: Sent): void {
  response
    .writeHead(status, {
      'content-type': TYPES[type] ?? type,
      'content-length': Buffer.byteLength(body),
      'content-security-policy': consolePolicy(),
      'cache-control': cache,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}

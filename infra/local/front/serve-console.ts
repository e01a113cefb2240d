import { mkdtemp, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildConsole, CONSOLE_PATH, type ConsoleFiles } from '../../console/build-console.ts';
import { CONSOLE_CLIENT } from './code-flow.ts';
import type { Mount } from './http-listener.ts';
import { issuerPath } from './signing-key.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/**
 * What the pages may load: their own script and styles, fonts and pictures that are in them, and calls to this server.
 * A name that someone typed can start no script.
 */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Built extends ConsoleFiles {
  readonly folder: string;
}

/** The console at `/console`. It is built at the first request. Every address below it that is no file is its page. */
export function createConsole(): Mount {
  let built: Promise<Built> | undefined;
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
      const { folder, hashed, page } = await built;
      const file = hashed.find((one) => one === name);
      // A script of an earlier build is gone. The page in its place would be a syntax error without a reason.
      if (file === undefined && extname(name) !== '' && extname(name) !== '.html')
        return send(response, { status: 404, type: 'text/plain', body: 'No such file of the console' });
      const body = await readFile(join(folder, file ?? page));
      send(
        response,
        compressed(request, { status: 200, type: extname(file ?? page), body, isKept: file !== undefined }),
      );
    },
  };
}

async function buildOnce(): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-console-'));
  return { folder, ...(await buildConsole(folder)) };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** Its name has the hash of its content. */
  readonly isKept?: boolean;
  readonly encoding?: string;
}

/** Text is sent as gzip to who takes it, as CloudFront sends it. */
function compressed(request: IncomingMessage, answer: Answer): Answer {
  const takesGzip = String(request.headers['accept-encoding'] ?? '').includes('gzip');
  if (!takesGzip || answer.type === '.woff2') return answer;
  return { ...answer, body: gzipSync(answer.body), encoding: 'gzip' };
}

function send(response: ServerResponse, { status, type, body, isKept = false, encoding }: Answer): void {
  response
    .writeHead(status, {
      'content-type': TYPES[type] ?? type,
      'content-length': Buffer.byteLength(body),
      ...(encoding === undefined ? {} : { 'content-encoding': encoding, vary: 'accept-encoding' }),
      'content-security-policy': CONSOLE_POLICY,
      'cache-control': isKept ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}

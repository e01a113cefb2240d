import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { onceFree } from '../../local/find-free-port.ts';
import { askForToken } from './program-token.ts';
import type { RemoteSignIn } from './token-options.ts';

/** The address to which the browser returns. It is among the callback addresses of the user pool's client. */
const PORT = 8400;
const CALLBACK = `http://localhost:${PORT}/callback`;
const PATIENCE_MS = 5 * 60_000;

/**
 * The token of a person, who signs in with a browser: a code with PKCE (RFC 7636). `show` receives the address to
 * open. Waits five minutes. Throws an Error where nobody signs in, or the answer is not the one of this request.
 */
export async function personToken(
  { signInUrl, clientId, scopes }: RemoteSignIn,
  show: (line: string) => void,
): Promise<string> {
  const verifier = randomBytes(48).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: CALLBACK, state },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
  });
  const code = await receiveCode(state, () =>
    show(`Open in a browser: ${signInUrl}/oauth2/authorize?${query}`),
  );
  const form = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: CALLBACK };
  return askForToken(
    `${signInUrl}/oauth2/token`,
    new URLSearchParams({ ...form, code, code_verifier: verifier }),
  );
}

/** Listens on this machine until the browser brings the code of the request with this state. */
async function receiveCode(state: string, onListening: () => void): Promise<string> {
  const server = createServer();
  await onceFree(() => {
    server.listen(PORT, 'localhost');
    return once(server, 'listening');
  });
  onListening();
  try {
    return await new Promise<string>((resolve, reject) => {
      setTimeout(() => reject(new Error('nobody signed in within five minutes')), PATIENCE_MS).unref();
      server.on('request', (request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', CALLBACK);
        const isOurs = pathname === '/callback' && searchParams.get('state') === state;
        const code = searchParams.get('code');
        response
          .writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
          .end(isOurs ? 'You can close this page.' : 'Not found');
        if (!isOurs) return;
        if (code !== null) resolve(code);
        else reject(new Error(`the sign-in was refused: ${searchParams.get('error') ?? 'no reason'}`));
      });
    });
  } finally {
    server.close();
  }
}

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { personToken } from '../../../infra/cli/token/person-token.ts';
import { programToken } from '../../../infra/cli/token/program-token.ts';

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

/** The token endpoint of a user pool. It notes what it is asked. */
async function startPool(status = 200) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, form });
    const body =
      status === 200 ? { access_token: 'a.b.c', token_type: 'Bearer' } : { error: 'invalid_client' };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, signInUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('the token of a program', () => {
  it('is asked for with id and secret, for all scopes or the named ones', async () => {
    const { asked, signInUrl } = await startPool();
    expect(await programToken({ signInUrl, clientId: 'm1', scopes: [] }, 's/1')).toBe('a.b.c');
    await programToken({ signInUrl, clientId: 'm1', scopes: ['entrepot/orders:read'] }, 's/1');
    expect(asked.map(({ path, authorization, form }) => [path, authorization, form.get('scope')])).toEqual([
      ['/oauth2/token', `Basic ${btoa('m1:s%2F1')}`, null],
      ['/oauth2/token', `Basic ${btoa('m1:s%2F1')}`, 'entrepot/orders:read'],
    ]);
  });

  it('is refused with the reason, and the secret is not repeated', async () => {
    const { signInUrl } = await startPool(401);
    const refused = programToken({ signInUrl, clientId: 'm1', scopes: [] }, 'very-secret');
    await expect(refused).rejects.toThrow('gave no token: 401, invalid_client');
    await expect(refused).rejects.not.toThrow('very-secret');
  });
});

describe('the token of a person', () => {
  it('follows a sign-in in the browser, and only its own code with its own proof counts', async () => {
    const { asked, signInUrl } = await startPool();
    const callbacks: number[] = [];
    const signIn = async (line: string) => {
      const { searchParams } = new URL(line.slice(line.indexOf('http')));
      const back = searchParams.get('redirect_uri') ?? '';
      callbacks.push((await fetch(`${back}?code=stolen&state=other`)).status);
      callbacks.push((await fetch(`${back}?code=c1&state=${searchParams.get('state')}`)).status);
      challenge = searchParams.get('code_challenge') ?? '';
      expect(searchParams.get('code_challenge_method')).toBe('S256');
    };
    let challenge = '';
    const token = await personToken({ signInUrl, clientId: 'p1', scopes: [] }, (line) => void signIn(line));
    expect(token).toBe('a.b.c');
    const [{ form, authorization } = { form: new URLSearchParams(), authorization: 'none' }] = asked;
    expect([form.get('code'), form.get('client_id'), authorization]).toEqual(['c1', 'p1', undefined]);
    const verifier = form.get('code_verifier') ?? '';
    await expect.poll(() => callbacks).toEqual([404, 200]);
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge);
  });

  it('is not given where the sign-in is refused, also if the port was still taken for a moment', async () => {
    const { asked, signInUrl } = await startPool();
    const before = createServer().listen(8400, 'localhost');
    await once(before, 'listening');
    setTimeout(() => before.close(), 100);
    const refuse = async (line: string) => {
      const { searchParams } = new URL(line.slice(line.indexOf('http')));
      const state = searchParams.get('state');
      await fetch(`${searchParams.get('redirect_uri')}?error=access_denied&state=${state}`);
    };
    await expect(
      personToken({ signInUrl, clientId: 'p1', scopes: [] }, (line) => void refuse(line)),
    ).rejects.toThrow('the sign-in was refused: access_denied');
    expect(asked).toEqual([]);
  });
});

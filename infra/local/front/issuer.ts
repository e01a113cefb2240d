import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, SignJWT } from 'jose';
import { type Clock, systemClock } from './clock.ts';
import { createCodeFlow, PAGE_STYLE } from './code-flow.ts';
import { type Mount, readBody } from './http-listener.ts';
import { issuerPath, openSigningKey } from './signing-key.ts';

/** A local OpenID Connect issuer. It takes the place of the operators' identity provider. */
export interface Issuer {
  /** The `iss` claim of its tokens. */
  readonly url: string;
  /** The only client that may ask for tokens over HTTP. */
  readonly clientId: string;
  /** The secret of that client. It is generated together with the key and kept in the data folder. */
  readonly clientSecret: string;
  /** Gives an access token with these scopes, valid for an hour; for the figures of one storefront if it is given. */
  issueToken(scopes: readonly string[], options?: TokenOptions): Promise<string>;
  /** The paths of the issuer in the HTTP front: discovery, keys and the token endpoint. */
  readonly mount: Mount;
}

/** What a token says besides its scopes. */
interface TokenOptions {
  readonly subject?: string;
  /** The only storefront whose figures the token may read. */
  readonly storefrontId?: string | undefined;
}

const clientId = 'operator';
const tokenSeconds = 3600;

/**
 * Makes the local issuer. Its key is kept in the data folder, so that tokens stay valid after a restart.
 *
 * @param options.baseUrl the address of the local cloud, without a trailing slash
 * @param options.audience the `aud` claim of the tokens
 */
export function createIssuer(
  options: { readonly dataDir: string; readonly baseUrl: string; readonly audience: string },
  clock: Clock = systemClock,
): Issuer {
  const { keyId, signatureKey, verificationKey, clientSecret } = openSigningKey(options.dataDir);
  const url = `${options.baseUrl}${issuerPath}`;
  const codeFlow = createCodeFlow(options.baseUrl, clock);

  function issueToken(
    scopes: readonly string[],
    { subject = clientId, storefrontId }: TokenOptions = {},
  ): Promise<string> {
    const issuedAt = Math.floor(clock.now().getTime() / 1000);
    const limit = storefrontId === undefined ? {} : { storefront_id: storefrontId };
    return new SignJWT({ scope: scopes.join(' '), client_id: clientId, ...limit })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: keyId })
      .setIssuer(url)
      .setAudience(options.audience)
      .setSubject(subject)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + tokenSeconds)
      .sign(signatureKey);
  }

  async function answerToken(request: IncomingMessage): Promise<[number, unknown]> {
    const body = await readBody(request, 16 * 1024);
    const form = new URLSearchParams(body?.toString('utf8'));
    const basic = readBasic(request.headers.authorization);
    if (basic === undefined) return [400, { error: 'invalid_request' }];
    if (form.get('grant_type') === 'authorization_code') {
      const granted = codeFlow.redeem(form);
      return granted === undefined ? [400, { error: 'invalid_grant' }] : tokenAnswer(granted.scopes, granted);
    }
    const [basicId, basicSecret] = basic;
    const givenId = basicId ?? form.get('client_id') ?? '';
    const givenSecret = basicSecret ?? form.get('client_secret') ?? '';
    if (givenId !== clientId || !isSame(givenSecret, clientSecret)) return [401, { error: 'invalid_client' }];
    if (form.get('grant_type') !== 'client_credentials') return [400, { error: 'unsupported_grant_type' }];
    const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    return tokenAnswer(scopes);
  }

  async function tokenAnswer(
    scopes: readonly string[],
    options: { readonly subject?: string } = {},
  ): Promise<[number, unknown]> {
    const token = await issueToken(scopes, options);
    return [
      200,
      { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds, scope: scopes.join(' ') },
    ];
  }

  async function answer(request: IncomingMessage): Promise<[number, unknown]> {
    const path = (request.url ?? '').split('?')[0]?.slice(issuerPath.length);
    if (path === '/oauth/token')
      return request.method === 'POST' ? answerToken(request) : [405, { error: 'invalid_request' }];
    if (path === '/.well-known/openid-configuration') {
      return [200, discoveryOf(url)];
    }
    if (path === '/.well-known/jwks.json') {
      const key = await exportJWK(verificationKey);
      return [200, { keys: [{ ...key, kid: keyId, use: 'sig', alg: 'RS256' }] }];
    }
    return [404, { message: 'Not Found' }];
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', options.baseUrl);
    if (pathname === `${issuerPath}/oauth/authorize`)
      return sendPage(response, codeFlow.authorize(searchParams));
    if (pathname === `${issuerPath}/page.css`)
      return void response.writeHead(200, { 'content-type': 'text/css' }).end(PAGE_STYLE);
    const [status, body] = await answer(request);
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(body));
  }

  return { url, clientId, clientSecret, issueToken, mount: { prefix: issuerPath, handle } };
}

/** What the issuer says of itself (OpenID Connect Discovery 1.0, section 3). */
const discoveryOf = (url: string) => ({
  issuer: url,
  jwks_uri: `${url}/.well-known/jwks.json`,
  authorization_endpoint: `${url}/oauth/authorize`,
  token_endpoint: `${url}/oauth/token`,
  grant_types_supported: ['client_credentials', 'authorization_code'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['token', 'code'],
  subject_types_supported: ['public'],
});

/** A page without scripts, or the way back to the console. */
function sendPage(
  response: ServerResponse,
  { status, location, page }: { readonly status: number; readonly location?: string; readonly page?: string },
): void {
  response
    .writeHead(status, {
      ...(location === undefined ? {} : { location }),
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    })
    .end(page);
}

/**
 * The client's id and secret. Both are left out without such a header. Undefined when percent escapes are not UTF-8.
 */
function readBasic(authorization: string | undefined): readonly [string?, string?] | undefined {
  const [, encoded] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return [];
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  try {
    return [decodeURIComponent(id), decodeURIComponent(secret.join(':'))];
  } catch {
    return undefined;
  }
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

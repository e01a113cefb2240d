import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIssuer } from '../../../infra/local/front/issuer.ts';
import { failure, frontParts, functionArn, jumpingClock, temporaryFolder } from './front-parts.ts';
import { api, jwtAuthorizer, lambdaAuthorizer, route, startFront } from './http-api-resources.ts';

const now = '2026-03-01T10:00:00Z';
const seconds = Date.parse(now) / 1000;
const bearer = (token: string): { headers: readonly string[] } => ({
  headers: ['Authorization', `Bearer ${token}`],
});

describe('the JWT authorizer with the local issuer', () => {
  const routes = [
    ...api(),
    jwtAuthorizer('http://127.0.0.1:3000/_local/issuer'),
    ...route('GET /open', { properties: { AuthorizationType: 'JWT', AuthorizerId: 'jwt' } }),
    ...route('GET /scoped', {
      properties: {
        AuthorizationType: 'JWT',
        AuthorizerId: 'jwt',
        AuthorizationScopes: ['orders:read', 'orders:write'],
      },
    }),
  ];

  async function start() {
    const parts = frontParts(routes);
    const clock = jumpingClock(now);
    const { issuer, ...front } = await startFront(parts, { clock });
    if (issuer === undefined) throw new Error('the front has no issuer');
    return { parts, clock, issuer, ...front };
  }

  it('passes on the claims as text, and the scopes if the route requires some', async () => {
    const { parts, issuer, url, send } = await start();
    const token = await issuer.issueToken(['orders:read', 'stock:read'], { subject: 'anna' });
    expect((await send('GET', '/scoped', bearer(token))).status).toBe(200);
    expect((await send('GET', '/open', bearer(token))).status).toBe(200);
    const authorizers = parts.invoked.map(
      ({ event }) => (event as { requestContext: { authorizer: unknown } }).requestContext.authorizer,
    );
    const claims = {
      iss: `${url}/_local/issuer`,
      aud: 'shop-api',
      sub: 'anna',
      client_id: 'operator',
      scope: 'orders:read stock:read',
      iat: String(seconds),
      exp: String(seconds + 3600),
      jti: expect.any(String),
    };
    expect(authorizers).toEqual([
      { jwt: { claims, scopes: ['orders:read'] } },
      { jwt: { claims, scopes: null } },
    ]);
  });

  it('answers 401 without a token and 403 without the scope, and does not invoke the function', async () => {
    const { parts, issuer, send } = await start();
    const missing = await send('GET', '/scoped');
    expect([missing.status, missing.body]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(missing.headers['www-authenticate']).toBe('Bearer');
    const token = await issuer.issueToken(['stock:read']);
    const short = await send('GET', '/scoped', bearer(token));
    expect([short.status, short.body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(short.headers['www-authenticate']).toContain('insufficient_scope');
    expect(parts.invoked).toEqual([]);
  });

  it('refuses a token that has expired, was changed, has another signature or another audience', async () => {
    const { parts, clock, issuer, send } = await start();
    const token = await issuer.issueToken(['orders:read']);
    const other = createIssuer(
      { dataDir: temporaryFolder(), baseUrl: 'http://localhost', audience: 'shop-api' },
      clock,
    );
    const foreign = createIssuer(
      { dataDir: parts.dataDir, baseUrl: 'http://localhost', audience: 'other' },
      clock,
    );
    const elsewhere = createIssuer(
      { dataDir: parts.dataDir, baseUrl: 'https://x.example', audience: 'shop-api' },
      clock,
    );
    const [head, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify({ scope: 'orders:read', exp: seconds + 9999 })).toString(
      'base64url',
    );
    for (const bad of [
      `${head}.${payload}.${signature}`,
      'nonsense',
      await other.issueToken(['orders:read']),
      await foreign.issueToken(['orders:read']),
      await elsewhere.issueToken(['orders:read']),
    ]) {
      const answer = await send('GET', '/scoped', bearer(bad));
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([
        401,
        expect.stringContaining('invalid_token'),
      ]);
    }
    expect((await send('GET', '/scoped', bearer(token))).status).toBe(200);
    await clock.sleep(3_601_000);
    expect((await send('GET', '/scoped', bearer(token))).status).toBe(401);
  });

  it('issues tokens at its token endpoint to a client with the secret', async () => {
    const { issuer, url, send } = await start();
    const ask = (form: Record<string, string>): Promise<Response> =>
      fetch(`${url}/_local/issuer/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
    const form = {
      grant_type: 'client_credentials',
      client_id: 'operator',
      client_secret: issuer.clientSecret,
      scope: 'orders:read',
    };
    const given = (await (await ask(form)).json()) as { access_token: string };
    expect(given).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'orders:read' });
    expect((await send('GET', '/scoped', bearer(given.access_token))).status).toBe(200);
    expect((await ask({ ...form, client_secret: 'wrong' })).status).toBe(401);
    expect((await ask({ ...form, grant_type: 'password' })).status).toBe(400);
    const basic = await fetch(`${url}/_local/issuer/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`operator:${issuer.clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(basic.status).toBe(200);
    const broken = await fetch(`${url}/_local/issuer/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('operator:%E0')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect([broken.status, await broken.json()]).toEqual([400, { error: 'invalid_request' }]);
  });

  it('publishes its discovery document and keys', async () => {
    const { issuer, url } = await start();
    const get = async (path: string): Promise<unknown> => (await fetch(`${url}/_local/issuer${path}`)).json();
    expect(await get('/.well-known/openid-configuration')).toMatchObject({
      issuer: issuer.url,
      jwks_uri: `${issuer.url}/.well-known/jwks.json`,
      token_endpoint: `${issuer.url}/oauth/token`,
    });
    expect(await get('/.well-known/jwks.json')).toEqual({
      keys: [
        { kty: 'RSA', n: expect.any(String), e: 'AQAB', kid: expect.any(String), use: 'sig', alg: 'RS256' },
      ],
    });
  });
});

describe('the JWT authorizer with an issuer on the network', () => {
  it('finds the keys by discovery, and accepts the client id as audience', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
    const server = createServer((request, response) => {
      const isDiscovery = request.url === '/tenant/.well-known/openid-configuration';
      response.end(JSON.stringify(isDiscovery ? { jwks_uri: `${issuer}/keys` } : { keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tenant`;
    const parts = frontParts([
      ...api(),
      jwtAuthorizer(issuer),
      ...route('GET /', { properties: { AuthorizationType: 'JWT', AuthorizerId: 'jwt' } }),
    ]);
    const { send } = await startFront(parts, { clock: jumpingClock(now) });
    const sign = (claims: Record<string, unknown>): Promise<string> =>
      new SignJWT({ iss: issuer, exp: seconds + 60, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .sign(privateKey);
    const groups = { groups: ['a', 'b'], active: true, nothing: null, address: { country: 'DE' } };
    expect((await send('GET', '/', bearer(await sign({ client_id: 'shop-api', ...groups })))).status).toBe(
      200,
    );
    expect((await send('GET', '/', bearer(await sign({ aud: ['x', 'shop-api'] })))).status).toBe(200);
    expect((await send('GET', '/', bearer(await sign({ client_id: 'shop-api', aud: 'x' })))).status).toBe(
      401,
    );
    expect((await send('GET', '/', bearer(await sign({ aud: 'shop-api', iss: 'https://x' })))).status).toBe(
      401,
    );
    const event = parts.invoked[0]?.event as {
      requestContext: { authorizer: { jwt: { claims: Record<string, string> } } };
    };
    const { claims } = event.requestContext.authorizer.jwt;
    expect(claims).toMatchObject({ groups: '[a b]', active: 'true', address: '{"country":"DE"}' });
    expect(claims).not.toHaveProperty('nothing');
  });

  it('refuses if the issuer does not answer, and writes that to the log', async () => {
    const parts = frontParts([
      ...api(),
      jwtAuthorizer('http://127.0.0.1:1/tenant'),
      ...route('GET /', { properties: { AuthorizationType: 'JWT', AuthorizerId: 'jwt' } }),
    ]);
    const { send } = await startFront(parts);
    const token = await createIssuer({
      dataDir: temporaryFolder(),
      baseUrl: 'http://localhost',
      audience: 'shop-api',
    }).issueToken([]);
    expect((await send('GET', '/', bearer(token))).status).toBe(401);
    expect(parts.logged).toEqual([
      expect.stringContaining('no keys could be read from http://127.0.0.1:1/tenant'),
    ]);
  });
});

describe('the Lambda authorizer', () => {
  const guarded = { properties: { AuthorizationType: 'CUSTOM', AuthorizerId: 'check' } };
  const key = (value: string): { headers: readonly string[] } => ({ headers: ['X-Api-Key', value] });

  async function start(verdict: unknown, properties: Record<string, unknown> = {}) {
    const resources = [
      ...api(),
      ...lambdaAuthorizer(properties),
      ...route('GET /quotes/{id}', guarded),
      ...route('POST /quotes', guarded),
    ];
    const parts = frontParts(resources, {
      answer: (arn) => (arn === functionArn('check') ? verdict : 'passed'),
    });
    const clock = jumpingClock(now);
    const front = await startFront(parts, { clock });
    const asked = (): number =>
      parts.invoked.filter(({ functionArn: arn }) => arn === functionArn('check')).length;
    return { parts, clock, asked, ...front };
  }

  it('is invoked with the request, and passes on its context', async () => {
    const context = { storefrontId: 'sf_1', tier: 3, markets: ['DE'] };
    const { parts, send } = await start({ isAuthorized: true, context });
    const answer = await send('GET', '/quotes/7?a=1', key('pk_1'));
    expect([answer.status, answer.body]).toEqual([200, 'passed']);
    expect(parts.invoked[0]).toMatchObject({
      functionArn: functionArn('check'),
      event: {
        version: '2.0',
        type: 'REQUEST',
        routeArn: 'arn:aws:execute-api:eu-central-1:111122223333:abc123/$default/GET/quotes/7',
        identitySource: ['pk_1'],
        routeKey: 'GET /quotes/{id}',
        rawPath: '/quotes/7',
        rawQueryString: 'a=1',
        headers: { 'x-api-key': 'pk_1' },
        queryStringParameters: { a: '1' },
        pathParameters: { id: '7' },
        requestContext: { http: { method: 'GET' }, stage: '$default' },
      },
    });
    expect(parts.invoked[0]?.event).not.toHaveProperty('body');
    expect(parts.invoked[1]?.event).toMatchObject({ requestContext: { authorizer: { lambda: context } } });
  });

  it('answers 401 without the identity source, and does not invoke the authorizer', async () => {
    const { parts, send } = await start({ isAuthorized: true });
    const answer = await send('POST', '/quotes');
    expect([answer.status, answer.body]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(parts.invoked).toEqual([]);
  });

  it.each<[string, unknown, number, string]>([
    ['403 if it refuses', { isAuthorized: false }, 403, 'Forbidden'],
    ['500 if it fails', failure('TypeError'), 500, 'Internal Server Error'],
    ['500 if its answer has another format', { allowed: true }, 500, 'Internal Server Error'],
    ['500 if it gives no answer', undefined, 500, 'Internal Server Error'],
  ])('answers %s', async (_name, verdict, status, message) => {
    const { send } = await start(verdict);
    const answer = await send('POST', '/quotes', key('pk_1'));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { message }]);
  });

  it('caches a result by identity for its time, over all routes', async () => {
    const { asked, clock, send } = await start({ isAuthorized: true }, { AuthorizerResultTtlInSeconds: 300 });
    await send('POST', '/quotes', key('pk_1'));
    await send('GET', '/quotes/7', key('pk_1'));
    expect(asked()).toBe(1);
    await send('POST', '/quotes', key('pk_2'));
    expect(asked()).toBe(2);
    await clock.sleep(300_000);
    await send('POST', '/quotes', key('pk_1'));
    expect(asked()).toBe(3);
  });

  it('caches by route if the route is an identity source, and never without a lifetime', async () => {
    const sources = { IdentitySource: ['$request.header.X-Api-Key', '$context.routeKey'] };
    const kept = await start({ isAuthorized: true }, { ...sources, AuthorizerResultTtlInSeconds: 300 });
    await kept.send('POST', '/quotes', key('pk_1'));
    await kept.send('GET', '/quotes/7', key('pk_1'));
    await kept.send('GET', '/quotes/8', key('pk_1'));
    expect(kept.asked()).toBe(2);
    const asking = await start({ isAuthorized: true });
    await asking.send('POST', '/quotes', key('pk_1'));
    await asking.send('POST', '/quotes', key('pk_1'));
    expect(asking.asked()).toBe(2);
  });

  it.each([
    [{ EnableSimpleResponses: false }],
    [{ AuthorizerPayloadFormatVersion: '1.0' }],
    [{ IdentitySource: ['$request.body.x'] }],
  ])('refuses %j', async (properties) => {
    await expect(start({}, properties)).rejects.toThrow();
  });
});

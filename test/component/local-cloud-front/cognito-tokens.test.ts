import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { expect, it, onTestFinished } from 'vitest';
import { scopeForms } from '../../../infra/constructs/journey-api.ts';
import { frontParts, jumpingClock } from './front-parts.ts';
import { api, jwtAuthorizer, route, startFront } from './http-api-resources.ts';

const now = '2026-11-29T10:00:00Z';
const seconds = Date.parse(now) / 1000;

/** A user pool with its keys, and a route that needs `orders:read`. */
async function startPool() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const isDiscovery = request.url === '/pool/.well-known/openid-configuration';
    response.end(
      JSON.stringify(isDiscovery ? { jwks_uri: `${issuer}/.well-known/jwks.json` } : { keys: [jwk] }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool`;
  const guarded = {
    AuthorizationType: 'JWT',
    AuthorizerId: 'jwt',
    AuthorizationScopes: scopeForms('orders:read'),
  };
  const parts = frontParts([
    ...api(),
    jwtAuthorizer(issuer, '6machines9client'),
    ...route('GET /v1/admin/orders', { properties: guarded }),
  ]);
  const { send } = await startFront(parts, { clock: jumpingClock(now) });
  const call = async (claims: Record<string, unknown>): Promise<number> => {
    const token = await new SignJWT({ iss: issuer, iat: seconds, exp: seconds + 3600, jti: 'j', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(privateKey);
    return (await send('GET', '/v1/admin/orders', { headers: ['Authorization', `Bearer ${token}`] })).status;
  };
  return { call };
}

/** An access token of client credentials, as Cognito writes it: no `aud`, and the name of the API in each scope. */
const ofMachine = {
  sub: '6machines9client',
  client_id: '6machines9client',
  token_use: 'access',
  auth_time: seconds,
  version: 2,
  scope: 'entrepot/orders:read entrepot/stock:read',
};

it('a token of Cognito is known by its client, and its scopes have the name of the API', async () => {
  const { call } = await startPool();
  expect(await call(ofMachine)).toBe(200);
  const ofPerson = { ...ofMachine, sub: 'a1b2', username: 'a1b2', scope: 'openid entrepot/orders:read' };
  expect(await call(ofPerson)).toBe(200);
});

it('a token of another client, an id token and a token without the scope are refused', async () => {
  const { call } = await startPool();
  expect(await call({ ...ofMachine, client_id: 'another' })).toBe(401);
  expect(await call({ ...ofMachine, scope: 'entrepot/stock:read' })).toBe(403);
  expect(await call({ ...ofMachine, scope: 'other/orders:read' })).toBe(403);
  expect(await call({ ...ofMachine, scope: 'entrepot/orders:read:all' })).toBe(403);
  const idToken = { sub: 'a1b2', aud: '6machines9client', token_use: 'id', email: 'anna@shop.test' };
  expect(await call(idToken)).toBe(403);
});

it('a token of another issuer is taken with the plain scope', async () => {
  const { call } = await startPool();
  expect(await call({ sub: 'anna', aud: '6machines9client', scope: 'orders:read' })).toBe(200);
});

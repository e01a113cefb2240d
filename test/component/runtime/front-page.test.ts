import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { frontPage } from '../../../shared/runtime/front-page.ts';

const ask = async (rawPath: string, stage = 'local', method = 'GET') => {
  const event = { rawPath, requestContext: { requestId: 'r1', http: { method } }, headers: {} };
  const handler = frontPage(() => ({ stage, build: '1.2.3<b>' }));
  const { headers = {}, ...answer } = (await handler(
    event as unknown as APIGatewayProxyEventV2,
  )) as APIGatewayProxyStructuredResultV2;
  return { ...answer, headers };
};

describe('the front page', () => {
  it('links to the documentation, both contracts and the health check, and loads nothing from elsewhere', async () => {
    const { statusCode, headers, body = '' } = await ask('/');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const addresses = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses).toEqual(
      expect.arrayContaining(['/docs', '/v1/openapi.json', '/v1/asyncapi.json', '/v1/health']),
    );
    expect(addresses.filter((address) => !/^\/(?!\/)/.test(address ?? ''))).toEqual([]);
    for (const address of addresses.filter((each) => each?.startsWith('/front/')))
      expect((await ask(address ?? '')).statusCode).toBe(200);
  });

  it('forbids frames, guessed types and foreign scripts', async () => {
    const { headers } = await ask('/');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'self'", "frame-ancestors 'none'"]));
    expect(policy.filter((rule) => rule.startsWith('script-src'))).toEqual([]);
  });

  it('escapes settings as text', async () => {
    expect((await ask('/')).body).toContain('1.2.3&#60;b&#62;');
  });

  it('shows the sandboxes only on a developer’s machine', async () => {
    expect((await ask('/', 'local')).body).toContain('id="sandboxes"');
    expect((await ask('/', 'production')).body).not.toContain('id="sandboxes"');
  });

  it.each([
    ['/docs/', '/docs'],
    ['/openapi.json', '/v1/openapi.json'],
    ['/asyncapi.json', '/v1/asyncapi.json'],
    ['/favicon.ico', '/front/icon.svg'],
  ])('redirects %s to %s', async (path, location) => {
    const { statusCode, headers } = await ask(path);
    expect([statusCode, headers.location]).toEqual([308, location]);
  });

  it('answers an unknown route with a link to the list of routes', async () => {
    const { statusCode, headers, body = '' } = await ask('/v1/nothing');
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(body)).toMatchObject({
      status: 404,
      detail: expect.stringContaining('/v1/openapi.json'),
    });
  });

  it.each(['/', '/v1/nothing'])('answers HEAD %s like GET, without the body', async (path) => {
    const { body: _body, ...head } = await ask(path);
    expect(await ask(path, 'local', 'HEAD')).toEqual(head);
  });
});

import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startHttpApi } from '../../../infra/local/front/http-api.ts';
import { account, failure, frontParts, functionArn, jumpingClock, lambda } from './front-parts.ts';
import { api, apiId, route, startFront } from './http-api-resources.ts';

const clock = jumpingClock('2020-03-12T19:03:58.390Z');
const eventOf = (parts: ReturnType<typeof frontParts>, index = 0): Record<string, unknown> =>
  parts.invoked[index]?.event as Record<string, unknown>;

describe('the event for a request', () => {
  it('has payload format 2.0, field by field', async () => {
    const parts = frontParts([
      ...api({}, { StageVariables: { tier: 'gold' } }),
      ...route('POST /my/{id}/path'),
    ]);
    const { send } = await startFront(parts, { clock });
    await send('POST', '/my/a%20b/path?parameter1=value1&parameter1=value2&parameter2=v%2Bw+x', {
      headers: [
        ...['Host', 'id.execute-api.us-east-1.amazonaws.com'],
        ...['User-Agent', 'agent'],
        ...['Header1', 'value1'],
        ...['header2', 'value1'],
        ...['HEADER2', 'value2'],
        ...['Cookie', 'cookie1=a; cookie2=b'],
        ...['Content-Type', 'application/json; charset=utf-8'],
        ...['X-Forwarded-For', '203.0.113.9'],
      ],
      body: '{"name":"Grüße"}',
    });
    const event = eventOf(parts);
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /my/{id}/path',
      rawPath: '/my/a b/path',
      rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=v%2Bw+x',
      cookies: ['cookie1=a', 'cookie2=b'],
      headers: {
        host: 'id.execute-api.us-east-1.amazonaws.com',
        'user-agent': 'agent',
        header1: 'value1',
        header2: 'value1,value2',
        'content-type': 'application/json; charset=utf-8',
        'content-length': '18',
        'x-forwarded-for': '203.0.113.9, 127.0.0.1',
        'x-forwarded-port': expect.stringMatching(/^\d+$/),
        'x-forwarded-proto': 'http',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-5e6a879e-[0-9a-f]{24}$/),
      },
      queryStringParameters: { parameter1: 'value1,value2', parameter2: 'v+w x' },
      requestContext: {
        accountId: account,
        apiId,
        domainName: 'id.execute-api.us-east-1.amazonaws.com',
        domainPrefix: 'id',
        http: {
          method: 'POST',
          path: '/my/a b/path',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'agent',
        },
        requestId: expect.stringMatching(/^[A-Za-z0-9+/]{15}=$/),
        routeKey: 'POST /my/{id}/path',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: 1584039838390,
      },
      body: '{"name":"Grüße"}',
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
      stageVariables: { tier: 'gold' },
    });
    expect(parts.metered).toEqual({ 'httpApi.requests': 1 });
  });

  it('leaves out empty fields', async () => {
    const parts = frontParts([...api(), ...route('GET /')]);
    const { send } = await startFront(parts, { clock });
    await send('GET', '/');
    expect(Object.keys(eventOf(parts)).sort()).toEqual(
      [
        'version',
        'routeKey',
        'rawPath',
        'rawQueryString',
        'headers',
        'requestContext',
        'isBase64Encoded',
      ].sort(),
    );
    expect(eventOf(parts)).toMatchObject({ rawPath: '/', rawQueryString: '', isBase64Encoded: false });
  });

  it.each<[string | undefined, boolean]>([
    ['application/json', false],
    ['text/csv;charset=utf-8', false],
    ['application/xml', false],
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
    ['application/problem+json', true],
    [undefined, true],
  ])('has a body of type %s in base64: %s', async (type, isBase64Encoded) => {
    const parts = frontParts([...api(), ...route('POST /')]);
    const { send } = await startFront(parts);
    const body = 'a=1&b=ü';
    await send('POST', '/', { body, headers: type === undefined ? [] : ['Content-Type', type] });
    const expected = isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    expect(eventOf(parts)).toMatchObject({ body: expected, isBase64Encoded });
  });

  it('names the stage that is in the path', async () => {
    const parts = frontParts([...api({}, { StageName: 'live' }), ...route('GET /orders')]);
    const { send } = await startFront(parts);
    expect((await send('GET', '/live/orders')).status).toBe(200);
    expect((await send('GET', '/orders')).status).toBe(404);
    expect(eventOf(parts)).toMatchObject({ rawPath: '/live/orders', requestContext: { stage: 'live' } });
  });
});

describe('the answer for a result', () => {
  const json = 'application/json';
  it.each<[string, unknown, number, string, string | undefined]>([
    ['a text is the body', 'Hello!', 200, 'Hello!', json],
    ['an object is the body', { message: 'Hello!' }, 200, '{"message":"Hello!"}', json],
    ['an array is the body', [1], 200, '[1]', json],
    ['null is the body', null, 200, 'null', json],
    ['nothing is null', undefined, 200, 'null', json],
    ['status alone', { statusCode: 202 }, 202, '', undefined],
    ['a status as text', { statusCode: '201', body: 'x' }, 201, 'x', 'text/plain;charset=UTF-8'],
    ['its own type', { statusCode: 404, headers: { 'Content-Type': 'a/b' }, body: 'x' }, 404, 'x', 'a/b'],
    ['no content', { statusCode: 204, body: '' }, 204, '', undefined],
    ['no status', { statusCode: 'abc' }, 500, '{"message":"Internal Server Error"}', json],
    [
      'a body that is no text',
      { statusCode: 200, body: {} },
      500,
      '{"message":"Internal Server Error"}',
      json,
    ],
    [
      'headers that are none',
      { statusCode: 200, headers: { a: {} } },
      500,
      '{"message":"Internal Server Error"}',
      json,
    ],
    ['a failure', failure('TypeError'), 500, '{"message":"Internal Server Error"}', json],
    ['no free function', failure('TooManyRequestsException'), 503, '{"message":"Service Unavailable"}', json],
  ])('%s', async (_name, result, status, body, type) => {
    const { send } = await startFront(frontParts([...api(), ...route('GET /')], { answer: () => result }));
    const answer = await send('GET', '/');
    expect([answer.status, answer.body, answer.headers['content-type']]).toEqual([status, body, type]);
    expect(answer.headers['apigw-requestid']).toMatch(/=$/);
  });

  it('has headers and cookies, and a decoded base64 body', async () => {
    const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 255]);
    const result = {
      statusCode: 200,
      headers: { 'X-Count': 3, 'X-Flag': true, 'Content-Length': '999', 'content-type': 'application/pdf' },
      cookies: ['a=1; Secure', 'b=2'],
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    };
    const { send } = await startFront(frontParts([...api(), ...route('GET /')], { answer: () => result }));
    const answer = await send('GET', '/');
    expect(answer.bytes).toEqual(bytes);
    expect(answer.headers).toMatchObject({
      'x-count': '3',
      'x-flag': 'true',
      'content-length': '6',
      'set-cookie': ['a=1; Secure', 'b=2'],
    });
  });

  it('is sent at the latest after the timeout of the integration', async () => {
    const slow = route('GET /', { integration: { TimeoutInMillis: 50 } });
    const never = (): Promise<unknown> => new Promise(() => undefined);
    const { send } = await startFront(frontParts([...api(), ...slow], { answer: never }));
    const answer = await send('GET', '/');
    expect([answer.status, answer.body]).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(answer.headers['retry-after']).toBe('1');
  });
});

const refusedAs = ({ status, body }: { status: number; body: string }) => ({ status, body });

/** Sends each text once the answer to the one before has begun. Gives all that came until the connection closed. */
function exchange(url: string, texts: readonly string[]): Promise<string> {
  const [first = '', ...others] = texts;
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(first));
  return new Promise((resolve) => {
    let received = '';
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
      const next = others.shift();
      if (next !== undefined) socket.write(next);
    });
  });
}

describe('answers of the gateway itself', () => {
  it('are 404, 400 and 413', async () => {
    const parts = frontParts([...api(), ...route('POST /orders')]);
    const { send } = await startFront(parts);
    expect(await send('GET', '/orders')).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
    expect((await send('POST', '/%zz')).status).toBe(400);
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect(await send('POST', '/orders', { body })).toMatchObject({ status: 413 });
    expect((await send('POST', '/orders', { body: body.subarray(1) })).status).toBe(200);
    expect(parts.invoked).toHaveLength(1);
    expect(parts.metered['httpApi.requests']).toBe(1 + 20);
  });

  it('are 431 above 10,240 bytes of request line and header values', async () => {
    const parts = frontParts([...api(), ...route('$default', { name: 'rest' })]);
    const { send } = await startFront(parts);
    const line = 'GET / HTTP/1.1'.length;
    const withHeader = (bytes: number) =>
      send('GET', '/', { headers: ['Host', 'a', 'Connection', 'close', 'X-Long', 'x'.repeat(bytes)] });
    const room = 10_240 - line - 'a'.length - 'close'.length;
    expect((await withHeader(room)).status).toBe(200);
    const refused = await withHeader(room + 1);
    expect(refused).toMatchObject({ status: 431, body: '{"message":"Request Header Fields Too Large"}' });
    expect(refused.headers['content-type']).toBe('application/json');
    for (const bytes of [17_000, 100_000, 1_000_000]) {
      expect(await withHeader(bytes)).toMatchObject(refusedAs(refused));
      expect(await send('GET', `/${'x'.repeat(bytes)}`)).toMatchObject(refusedAs(refused));
    }
    const body = Buffer.alloc(500_000);
    expect(await send('POST', `/?q=${'x'.repeat(20_000)}`, { body })).toMatchObject(refusedAs(refused));
    expect(parts.invoked).toHaveLength(1);
  });

  it('are 400 for what is no HTTP, unless a part of an answer is sent', async () => {
    const mount = {
      prefix: '/half',
      handle: (_request: unknown, response: { write(text: string): void }) => response.write('half'),
    };
    const { url } = await startFront(frontParts([...api(), ...route('GET /')]), { mounts: [mount] });
    const bad = await exchange(url, ['GET / HTTP/1.1\r\nbad header\r\n\r\n']);
    expect(bad).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(bad).toMatch(/content-type: application\/json\r\n.*\r\n\r\n\{"message":"Bad Request"\}$/s);
    const half = await exchange(url, ['GET /half HTTP/1.1\r\nhost: a\r\n\r\n', 'bad header\r\n\r\n']);
    expect(half).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(half).not.toContain('Bad Request');
  });

  it('are 429 above the limits of the stage and of a route', async () => {
    const stage = {
      DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 },
      RouteSettings: { 'GET /free': { ThrottlingBurstLimit: 100 } },
    };
    const stepped = jumpingClock('2026-03-01T00:00:00Z');
    const parts = frontParts([...api({}, stage), ...route('GET /'), ...route('GET /free')]);
    const { send } = await startFront(parts, { clock: stepped });
    const statuses = async (target: string, count: number): Promise<number[]> => {
      const given: number[] = [];
      for (let index = 0; index < count; index += 1) given.push((await send('GET', target)).status);
      return given;
    };
    expect(await statuses('/', 3)).toEqual([200, 200, 429]);
    const refused = await send('GET', '/');
    expect([refused.body, refused.headers['retry-after']]).toEqual(['{"message":"Too Many Requests"}', '1']);
    expect(await statuses('/free', 5)).toEqual([200, 200, 200, 200, 200]);
    await stepped.sleep(1000);
    expect(await statuses('/', 2)).toEqual([200, 429]);
  });

  it('do not cover mounted paths, which have handlers of their own', async () => {
    const parts = frontParts([...api(), ...route('$default', { name: 'rest' })]);
    const mount = {
      prefix: '/_local/x',
      handle: (_request: unknown, response: { end(text: string): void }) => response.end('mounted'),
    };
    const { send } = await startFront(parts, { mounts: [mount] });
    expect((await send('GET', '/_local/x/y?z')).body).toBe('mounted');
    expect((await send('GET', '/_local/x')).body).toBe('mounted');
    expect((await send('GET', '/_local/xy')).body).toBe('null');
  });

  it('are 404 if no API is declared', async () => {
    const { send } = await startFront(frontParts([lambda('a')]));
    expect((await send('GET', '/')).status).toBe(404);
  });
});

describe('CORS', () => {
  const cors = {
    CorsConfiguration: {
      AllowOrigins: ['https://shop.example'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['content-type', 'idempotency-key'],
      ExposeHeaders: ['x-request-id'],
      MaxAge: 600,
      AllowCredentials: true,
    },
  };
  const preflight = (origin: string): readonly string[] => [
    'Origin',
    origin,
    'Access-Control-Request-Method',
    'POST',
  ];

  it('answers a preflight request without the function', async () => {
    const parts = frontParts([...api(cors), ...route('POST /orders')]);
    const { send } = await startFront(parts);
    const answer = await send('OPTIONS', '/orders', { headers: preflight('https://shop.example') });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type,idempotency-key',
      'access-control-max-age': '600',
      'access-control-allow-credentials': 'true',
    });
    expect(parts.invoked).toEqual([]);
  });

  it('gives no permission to another origin', async () => {
    const { send } = await startFront(frontParts([...api(cors), ...route('POST /orders')]));
    const asked = await send('OPTIONS', '/orders', { headers: preflight('https://evil.example') });
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([204, undefined]);
    const sent = await send('POST', '/orders', { headers: ['Origin', 'https://evil.example'] });
    expect([sent.status, sent.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });

  it('replaces the function’s CORS headers, also on errors', async () => {
    const answer = (): unknown => ({
      statusCode: 200,
      headers: { 'Access-Control-Allow-Origin': '*', 'access-control-expose-headers': 'all' },
    });
    const { send } = await startFront(frontParts([...api(cors), ...route('POST /orders')], { answer }));
    const headers = ['Origin', 'https://shop.example'];
    expect((await send('POST', '/orders', { headers })).headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-expose-headers': 'x-request-id',
    });
    expect((await send('GET', '/nowhere', { headers })).headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
    });
  });

  it('answers every origin with a star if all origins are allowed', async () => {
    const all = { CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['*'] } };
    const { send } = await startFront(frontParts([...api(all), ...route('GET /')]));
    const { headers } = await send('GET', '/', { headers: ['Origin', 'https://any.example'] });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('without configuration leaves the preflight to its route, and the function’s headers unchanged', async () => {
    const parts = frontParts([...api(cors), ...route('ANY /orders')]);
    const { send } = await startFront(parts);
    await send('OPTIONS', '/orders', { headers: preflight('https://shop.example') });
    expect(parts.invoked.map((invoked) => invoked.functionArn)).toEqual([functionArn('ANYorders')]);
    const answer = (): unknown => ({ statusCode: 200, headers: { 'access-control-allow-origin': 'x' } });
    const plain = await startFront(frontParts([...api(), ...route('GET /')], { answer }));
    expect((await plain.send('GET', '/')).headers['access-control-allow-origin']).toBe('x');
  });
});

describe('startHttpApi refuses', () => {
  it.each<[string, Parameters<typeof route>[1], RegExp]>([
    [
      'payload format 1.0',
      { integration: { PayloadFormatVersion: '1.0' } },
      /IntegrationGET[\s\S]*PayloadFormatVersion/,
    ],
    [
      'another integration',
      { integration: { IntegrationType: 'HTTP_PROXY' } },
      /IntegrationGET[\s\S]*IntegrationType/,
    ],
    [
      'IAM authorisation',
      { properties: { AuthorizationType: 'AWS_IAM' } },
      /RouteGET[\s\S]*AuthorizationType/,
    ],
    ['a missing authorizer', { properties: { AuthorizationType: 'JWT' } }, /RouteGET.*authorizer/],
    ['a missing integration', { properties: { Target: 'integrations/none' } }, /RouteGET.*none/],
  ])('%s', async (_name, options, message) => {
    await expect(startHttpApi(frontParts([...api(), ...route('GET /', options)]))).rejects.toThrow(message);
  });

  it('a WebSocket API', async () => {
    await expect(startHttpApi(frontParts(api({ ProtocolType: 'WEBSOCKET' })))).rejects.toThrow(
      /Api[\s\S]*ProtocolType/,
    );
  });
});

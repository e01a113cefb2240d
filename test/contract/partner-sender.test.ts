import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PartnerRequest, PartnerUnavailable } from '../../shared/partners/send.ts';
import { createSend, type PartnerCall } from '../../shared/runtime/partner-sender.ts';

/** The answers of the partner of this test, by path. */
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/good': (response) => response.writeHead(201, { 'X-Kind': 'Test' }).end('{"ok":"ä"}'),
  '/empty': (response) => response.writeHead(204).end(),
  '/failing': (response) => response.writeHead(503).end('later'),
  '/elsewhere': (response) => response.writeHead(302, { location: '/good' }).end(),
  '/silent': () => undefined,
  '/slow-body': (response) => response.writeHead(200).write('{"first":'),
  '/torn': (response) => response.destroy(),
  '/half': (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
  '/large': (response) => response.writeHead(200).end('x'.repeat(5_000)),
};

const taken: string[] = [];
const server = createServer((request, response) => {
  const path = request.url?.split('?')[0] ?? '';
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    taken.push(`${request.method} ${request.url} ${request.headers['x-key']} ${Buffer.concat(chunks)}`);
    answers[path]?.(response);
  });
});
let baseUrl = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const calls: PartnerCall[] = [];
const send = createSend({ partner: 'acme', maxAnswerBytes: 4_000, onCall: (call) => calls.push(call) });
const request = (path: string, more: Partial<PartnerRequest> = {}): PartnerRequest => ({
  method: 'GET',
  url: `${baseUrl}${path}`,
  headers: { 'x-key': 'secret-key' },
  timeoutMs: 300,
  ...more,
});

describe('the sender of requests to partners', () => {
  it('sends the given request and returns the answer', async () => {
    const answer = await send(request('/good?name=Ada', { method: 'POST', body: '{"to":"Ada"}' }));
    expect(answer).toMatchObject({ status: 201, body: '{"ok":"ä"}', headers: { 'x-kind': 'Test' } });
    expect(taken.at(-1)).toBe('POST /good?name=Ada secret-key {"to":"Ada"}');
  });

  it('accepts any status as an answer, and follows no redirect', async () => {
    expect(await send(request('/failing'))).toMatchObject({ status: 503, body: 'later' });
    expect(await send(request('/empty'))).toMatchObject({ status: 204, body: '' });
    expect(await send(request('/elsewhere'))).toMatchObject({ status: 302 });
  });

  it.each([
    ['/silent', 'timeout'],
    ['/slow-body', 'timeout'],
    ['/torn', 'connection'],
    ['/half', 'connection'],
    ['/large', 'too-large'],
  ])('reports the partner as unavailable after %s', async (path, failure) => {
    const error = await send(request(path)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartnerUnavailable);
    expect(error).toMatchObject({ partner: 'acme', message: `acme: ${failure}` });
    expect(calls.at(-1)).toMatchObject({ partner: 'acme', failure });
  });

  it('reports the partner as unavailable if nothing listens at the address', async () => {
    const nobody = request('', { url: 'http://127.0.0.1:1/private?name=Ada' });
    const error = await send(nobody).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'PartnerUnavailable', message: 'acme: connection' });
  });

  it('reports every call without its content', async () => {
    calls.length = 0;
    await send(request('/good?name=Ada', { method: 'POST', body: '{"to":"Ada"}' }));
    await send(request('/silent?name=Ada')).catch(() => undefined);
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({ method: 'POST', status: 201, answerBytes: 11 });
    expect(calls[0]?.durationMs).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(calls)).not.toMatch(/Ada|secret|good|silent/);
  });
});

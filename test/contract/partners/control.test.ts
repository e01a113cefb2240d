import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { startFast } from './sandbox.ts';

let partners: Partners;
beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:9');
});
afterAll(() => partners.stop());

const RULE = JSON.stringify({ partner: 'broker', call: { kind: 'error', status: 500 } });

/** Adds a fault by a request with these headers; `fetch` would set `host` itself. */
function addFault(headers: Record<string, string>, body = RULE): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${partners.urlOf('stripe')}/_sandbox/faults`,
      { method: 'POST', headers },
      async (answer) => {
        const chunks = await answer.toArray();
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

describe('the control address of the sandbox', () => {
  it.each([
    ['a page of another origin', { origin: 'http://shop.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a host name that was pointed at this machine', { host: 'evil.example:3001' }],
    ['such a host name, with its own origin', { host: 'evil.example', origin: 'http://evil.example' }],
    ['a host name that begins like this machine’s', { host: '127.0.0.1.evil.example' }],
  ])('refuses %s', async (_who, headers) => {
    expect((await addFault(headers)).status).toBe(403);
    expect(partners.faults.list()).toEqual([]);
  });

  it.each(['127.0.0.1:3001', 'localhost:3001', '[::1]:3001'])('accepts its own page at %s', async (host) => {
    expect((await addFault({ host, origin: `http://${host}` })).status).toBe(201);
    partners.faults.clear();
  });
});

describe('a fault rule in a request', () => {
  const error = { kind: 'error', status: 500 };
  it.each([
    ['call.kind', { partner: 'broker', call: { kind: 'eror' } }],
    ['call.status', { partner: 'broker', call: { kind: 'error', status: 418 } }],
    ['call.holdMs', { partner: 'broker', call: { kind: 'timeout' } }],
    ['hook.kind', { partner: 'broker', hook: { kind: 'twice' } }],
    ['behaviour', { partner: 'broker', behaviour: 'asleep' }],
    ['partner', { partner: 'nobody', call: error }],
    ['times', { partner: 'broker', times: 0, call: error }],
    ['rate', { partner: 'broker', rate: 1.1, call: error }],
    ['refrence', { partner: 'broker', refrence: 'ord_1', call: error }],
    ['exactly one of call, hook and behaviour', { partner: 'broker' }],
    ['exactly one of call, hook and behaviour', { partner: 'broker', call: error, hook: { kind: 'drop' } }],
    [
      '1.call.kind',
      [
        { partner: 'broker', call: error },
        { partner: 'broker', call: { kind: 'eror' } },
      ],
    ],
  ])(
    'with a wrong %s is refused by name, and the other rules of the request are not stored',
    async (field, rules) => {
      const refused = await addFault({}, JSON.stringify(rules));
      expect(refused).toMatchObject({ status: 400, text: expect.stringContaining(field) });
      expect(partners.faults.list()).toEqual([]);
    },
  );

  it('that is not JSON is refused', async () => {
    expect(await addFault({}, '{')).toMatchObject({ status: 400, text: '{"error":"The body is not JSON"}' });
  });
});

describe('a path with an escape that is not UTF-8', () => {
  it.each([
    ['stripe', '/v1/payment_intents/%E0'],
    ['easypost', '/v2/shipments/%E0'],
    ['broker', '/v1/declarations/%E0'],
    ['wms', '/v1/dispatch-orders/%E0'],
    ['stripe', '/_sandbox/objects/%E0'],
  ])('is refused by %s at %s', async (code, path) => {
    expect((await fetch(`${partners.urlOf(code)}${path}`)).status).toBe(400);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxPartner } from '../../../infra/sandbox/partner.ts';
import { recordedSandbox } from '../../../infra/sandbox/recorded-sandbox.ts';
import { signAsStandardWebhook } from '../../../infra/sandbox/signatures.ts';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { startFast } from './sandbox.ts';

const order = { method: 'POST', path: '/orders', body: { sku: 'MUG' } } as const;
const view = { method: 'GET', path: '/orders/1?full=true', headers: { 'x-key': 'k' } } as const;

const partner: SandboxPartner = {
  kind: 'warehouse',
  code: 'recorded',
  createKeys: () => ({ apiKey: 'k', webhookSecret: 'whsec_AAAA' }),
  settings: ({ url }) => ({ baseUrl: url }),
  signHook: signAsStandardWebhook,
  createServer: recordedSandbox('recorded', [
    { name: 'orders.create', request: order, answer: { status: 201, body: { id: 1 } } },
    { name: 'orders.create', request: order, answer: { status: 409, body: { error: 'there' } } },
    { name: 'orders.view', request: view, answer: { status: 200, body: { id: 1, status: 'picked' } } },
  ]),
};

let partners: Partners;
let url: string;
beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:9', { partners: [partner] });
  url = partners.urlOf('recorded');
});
afterAll(() => partners.stop());

const send = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, body: (await response.json()) as { error?: string } };
};
const create = (body: object) => send('/orders', { method: 'POST', body: JSON.stringify(body) });

it('the sandbox gives the recorded answers in their order, and repeats the last one', async () => {
  expect(await create({ sku: 'MUG' })).toEqual({ status: 201, body: { id: 1 } });
  expect((await create({ sku: 'MUG' })).status).toBe(409);
  expect((await create({ sku: 'MUG' })).status).toBe(409);
  expect(await send('/orders/1?full=true', { headers: { 'x-key': 'k' } })).toMatchObject({ status: 200 });
});

it('the sandbox refuses a body, header or address that was not recorded, and names the difference', async () => {
  expect(await create({ sku: 'CUP' })).toEqual({
    status: 501,
    body: {
      error:
        'POST /orders: it differs from each of the 2 recorded requests: the body is {"sku":"CUP"}; the body is {"sku":"CUP"}',
    },
  });
  const wrongKey = await send('/orders/1?full=true', { headers: { 'x-key': 'other' } });
  expect(wrongKey.body.error).toContain('the header x-key is different');
  expect((await send('/orders/1')).body.error).toContain('no request to this address was recorded');
  expect((await send('/nowhere')).status).toBe(501);
  const kept = await send('/_sandbox/objects/recorded.unrecorded');
  expect(JSON.stringify(kept.body)).toContain('CUP');
});

it('the sandbox supports faults like every partner', async () => {
  partners.faults.add({ partner: 'recorded', on: 'orders.create', call: { kind: 'error', status: 503 } });
  expect((await create({ sku: 'MUG' })).status).toBe(503);
});

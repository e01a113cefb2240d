import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { keys, startFast } from './sandbox.ts';

const shop = 'http://shop.example';
let partners: Partners;

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:9');
});
afterAll(() => partners.stop());

describe('a page of another origin', () => {
  it('may confirm a payment: the preflight answer allows the method and headers of Stripe.js', async () => {
    const answer = await fetch(`${partners.urlOf('stripe')}/v1/payment_intents/pi_1/confirm`, {
      method: 'OPTIONS',
      headers: {
        origin: shop,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,stripe-version',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('access-control-allow-headers')).toBe(
      'authorization,content-type,stripe-version',
    );
  });

  it('can read Stripe’s answers and refusals', async () => {
    const refused = await fetch(`${partners.urlOf('stripe')}/v1/refunds`, { headers: { origin: shop } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    const allowed = await fetch(`${partners.urlOf('stripe')}/v1/refunds`, {
      headers: { origin: shop, authorization: `Bearer ${keys.stripe.apiKey}` },
    });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    ['easypost', '/v2/trackers'],
    ['broker', '/v1/declarations'],
    ['wms', '/v1/dispatch-orders'],
  ])('cannot read %s, because no browser calls its real API', async (code, path) => {
    const answer = await fetch(`${partners.urlOf(code)}${path}`, { headers: { origin: shop } });
    expect([401, 404]).toContain(answer.status);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${partners.urlOf(code)}${path}`, {
      method: 'OPTIONS',
      headers: { origin: shop, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(404);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('can read an injected fault as well, but never the control address of the sandbox', async () => {
    partners.faults.add({
      partner: 'stripe',
      on: 'disputes.list',
      call: { kind: 'error', status: 503 },
    });
    const struck = await fetch(`${partners.urlOf('stripe')}/v1/disputes`, { headers: { origin: shop } });
    expect(struck.status).toBe(503);
    expect(struck.headers.get('access-control-allow-origin')).toBe('*');
    const door = await fetch(`${partners.urlOf('stripe')}/_sandbox/state`, { headers: { origin: shop } });
    expect(door.status).toBe(403);
    expect(door.headers.get('access-control-allow-origin')).toBeNull();
  });
});

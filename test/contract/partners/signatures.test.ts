import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { signAsStandardWebhook } from '../../../infra/sandbox/signatures.ts';
import { sandboxPartner as stripe } from '../../../shared/payment/providers/stripe/sandbox/partner.ts';
import { sandboxPartner as easypost } from '../../../shared/shipping/carriers/easypost/sandbox/partner.ts';
import { EasyPost } from './easypost-sdk.ts';

describe('signatures of the sandboxes', () => {
  it('agree with the published vector of Standard Webhooks', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1614265330,
      body: '{"test": 2432232314}',
    };
    expect(signAsStandardWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', message)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('agree with the official Stripe library', () => {
    const { webhooks } = new Stripe('sk_test_none');
    const payload = '{"id":"evt_1","object":"event"}';
    const official = webhooks.generateTestHeaderString({ payload, secret: 'whsec_x', timestamp: 1492774577 });
    expect(
      stripe.signHook('whsec_x', { id: 'evt_1', body: payload, timestamp: 1492774577 })['stripe-signature'],
    ).toBe(official);
  });

  it('pass the official EasyPost library, with a secret that is not in normal form', () => {
    const client = new EasyPost('EZTK', { baseUrl: 'http://127.0.0.1/' });
    const body = '{"result":{"weight":614.0}}';
    expect(
      client.Utils.validateWebhook(
        Buffer.from(body),
        easypost.signHook('s\u00e9cret', { id: 'evt_1', body, timestamp: 0 }),
        's\u00e9cret',
      ),
    ).toEqual({
      result: { weight: 614 },
    });
  });

  it('include one value for each secret while a secret is rotated', () => {
    const header =
      stripe.signHook(['whsec_new', 'whsec_old'], { id: 'evt_1', body: '{}', timestamp: 1 })[
        'stripe-signature'
      ] ?? '';
    expect(header.match(/v1=/g)).toHaveLength(2);
    const message = { id: 'msg_1', timestamp: 1, body: '{}' };
    const standard = signAsStandardWebhook(['whsec_bmV3', 'whsec_b2xk'], message)['webhook-signature'] ?? '';
    expect(standard.split(' ')).toHaveLength(2);
  });
});

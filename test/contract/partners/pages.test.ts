import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partnerPage } from '../../../infra/sandbox/pages/partner-page.ts';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { testCards } from '../../../shared/payment/providers/stripe/sandbox/test-cards.ts';
import { startFast } from './sandbox.ts';

let partners: Partners;

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:9');
});
afterAll(() => partners.stop());

async function pageAt(url: string): Promise<string> {
  const response = await fetch(url, { headers: { accept: 'text/html' } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return response.text();
}

describe('the front page of a sandbox', () => {
  it('lists operations, faults and further reading for every partner', async () => {
    const operations = {
      stripe: 'payment_intents.confirm',
      easypost: 'shipments.buy',
      broker: 'declarations.create',
      wms: 'dispatch_orders.create',
    };
    for (const [name, operation] of Object.entries(operations)) {
      const url = partners.urlOf(name);
      const page = await pageAt(url);
      expect(page).toContain(`<code>${operation}</code>`);
      expect(page).toContain('href="/_sandbox/state"');
      expect(page).toContain(`data-url="${url}"`);
      expect(page).toContain('throttle: answers 429');
    }
  });

  it('lists the inputs that cause a reaction: cards, words for a customs officer, the SKU that is short', async () => {
    const stripe = await pageAt(partners.urlOf('stripe'));
    for (const { id } of testCards) expect(stripe).toContain(`<code>${id}</code>`);
    expect(await pageAt(partners.urlOf('broker'))).toContain('<code>detained</code>');
    expect(await pageAt(partners.urlOf('wms'))).toContain('<code>SHORT</code>');
    expect(await pageAt(partners.urlOf('easypost'))).toContain('lost: the parcel is lost');
  });

  it('shows the current faults of this partner, as escaped text', async () => {
    partners.faults.add({ partner: 'stripe', reference: '<b>ord_1', hook: { kind: 'drop' } });
    const page = await pageAt(partners.urlOf('stripe'));
    expect(page).toContain('&lt;b&gt;ord_1');
    expect(page).not.toContain('<b>ord_1');
    expect(await pageAt(partners.urlOf('broker'))).toContain('No fault is set.');
  });

  it('is generated for a partner that has no help text', () => {
    const answer = partnerPage({
      code: 'newpay',
      url: 'http://127.0.0.1:1',
      help: undefined,
      operations: [{ name: 'pay', method: 'POST', path: '/pay', answer: () => ({ status: 200, body: {} }) }],
      held: { 'newpay.payment': 2 },
      faults: [],
    });
    expect(answer.body).toContain('<h1>newpay, sandbox</h1>');
    expect(answer.body).toContain('<code>POST /pay</code>');
    expect(answer.body).toContain('newpay.payment</a>: 2');
  });
});

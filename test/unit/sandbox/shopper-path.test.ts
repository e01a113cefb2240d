import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { minorText, shopperPage } from '../../../infra/sandbox/pages/shopper-page.ts';
import type { Operation, PartnerRequest } from '../../../infra/sandbox/partner.ts';
import { findShopperPage } from '../../../infra/sandbox/shopper-path.ts';
import { PartnerStore } from '../../../infra/sandbox/store.ts';

const operation = (path: string, shopperPageOf?: string): Operation => ({
  ...{ name: path, method: 'GET', path, answer: () => ({ status: 200, body: '' }) },
  ...(shopperPageOf === undefined ? {} : { shopperPageOf }),
});
const operations = [operation('/v1/codes/:id'), operation('/sandbox/pay/:id', 'toy.code')];

const asking = (payment: string): PartnerRequest => ({
  ...{ method: 'GET', path: '/sandbox/shopper', query: new URLSearchParams({ payment }) },
  ...{ headers: {}, body: '', requestId: 'req_1' },
});

describe('the page on which a shopper pays', () => {
  const store = new PartnerStore(mkdtempSync(join(tmpdir(), 'shopper-')));
  store.put('toy.code', 'code 1', { notes: { payment_id: 'pay_1' } });
  store.put('toy.code', 'code_10', { notes: { payment_id: 'pay_10' } });
  store.put('toy.refund', 'refund_1', { payment_id: 'pay_2' });
  const find = (payment: string) => findShopperPage(store, operations, asking(payment));

  it('is found by our id of the payment, and by the whole id alone', () => {
    expect(find('pay_1').headers?.location).toBe('/sandbox/pay/code%201');
    expect(find('pay_10').headers?.location).toBe('/sandbox/pay/code_10');
  });

  it('is the one of the newest object, because a payment may be started again', () => {
    store.put('toy.code', 'code_11', { notes: { payment_id: 'pay_10' } });
    expect(find('pay_10').headers?.location).toBe('/sandbox/pay/code_11');
  });

  it.each(['pay_2', 'pay_3', '', '%', 'pay'])('is not found for %j, and the answer says so', (payment) => {
    expect(find(payment)).toMatchObject({ status: 404, body: expect.stringContaining('No payment') });
  });

  it('escapes every text of a partner', () => {
    const { body } = shopperPage({
      ...{ title: '<i>', text: '<i>', amount: '<i>', said: '<i>' },
      details: [['<i>', '<i>']],
      choices: [['?outcome="<i>', '<i>']],
    });
    expect(body).not.toContain('<i>');
    expect(body).toContain('href="?outcome=&quot;&lt;i&gt;"');
  });

  it.each([
    [1714, 'EUR', '17.14 EUR'],
    [1200, 'JPY', '1200 JPY'],
    [5, 'KWD', '0.005 KWD'],
    [0, 'INR', '0.00 INR'],
  ])('writes %i minor units of %s as %s', (amount, currency, text) => {
    expect(minorText(amount, currency)).toBe(text);
  });
});

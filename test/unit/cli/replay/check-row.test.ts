import { describe, expect, it } from 'vitest';
import { checkRow } from '../../../../infra/cli/replay/check-row.ts';
import type { RawRow } from '../../../../infra/cli/replay/read-rows.ts';

const row: RawRow = {
  line: 7,
  invoiceNo: '536365',
  stockCode: '85123a',
  description: ' WHITE  HANGING\tHEART ',
  quantity: '6',
  invoiceDate: '12/1/10 8:26',
  unitPrice: '2.55',
  customerId: '17850',
  country: 'United Kingdom',
};

describe('a row of the file', () => {
  it('is a sale of goods: SKU in capitals, price in pence, ISO country and a readable description', () => {
    expect(checkRow(row)).toEqual({
      ok: true,
      value: {
        line: 7,
        invoiceNo: '536365',
        sku: '85123A',
        description: 'WHITE HANGING HEART',
        quantity: 6,
        unitPriceMinor: 255,
        customerId: '17850',
        country: 'GB',
      },
    });
  });

  it.each([
    [{ unitPrice: '18' }, 1800],
    [{ unitPrice: '0.4' }, 40],
    [{ unitPrice: '1.2500' }, 125],
    [{ unitPrice: '13541.33' }, 1354133],
  ])('has its price read exactly from %j', (change, pence) => {
    expect(checkRow({ ...row, ...change })).toMatchObject({ ok: true, value: { unitPriceMinor: pence } });
  });

  it.each([
    [{ invoiceNo: '' }, 'no-invoice-number'],
    [{ invoiceNo: 'C536379' }, 'cancellation'],
    [{ stockCode: 'POST' }, 'no-goods'],
    [{ stockCode: 'D' }, 'no-goods'],
    [{ stockCode: 'm' }, 'no-goods'],
    [{ stockCode: 'BANK CHARGES' }, 'no-goods'],
    [{ stockCode: 'DOT' }, 'no-goods'],
    [{ stockCode: 'ADJUST' }, 'no-goods'],
    [{ stockCode: 'adjust2' }, 'no-goods'],
    [{ stockCode: 'TEST001' }, 'no-goods'],
    [{ stockCode: 'C2' }, 'no-goods'],
    [{ stockCode: 'S' }, 'no-goods'],
    [{ stockCode: 'AMAZONFEE' }, 'no-goods'],
    [{ stockCode: 'gift_0001_20' }, 'no-goods'],
    [{ stockCode: '22 752' }, 'stock-code-unusable'],
    [{ quantity: '0' }, 'quantity-not-positive'],
    [{ quantity: '-6' }, 'quantity-not-positive'],
    [{ quantity: '1.5' }, 'quantity-not-a-number'],
    [{ quantity: 'many' }, 'quantity-not-a-number'],
    [{ quantity: '' }, 'quantity-not-a-number'],
    [{ unitPrice: '0' }, 'price-not-positive'],
    [{ unitPrice: '0.00' }, 'price-not-positive'],
    [{ unitPrice: '-11062.06' }, 'price-not-positive'],
    [{ unitPrice: 'free' }, 'price-not-a-number'],
    [{ unitPrice: '1e3' }, 'price-not-a-number'],
    [{ unitPrice: '0.001' }, 'price-finer-than-a-penny'],
    [{ country: 'Unspecified' }, 'no-country'],
    [{ country: 'European Community' }, 'no-country'],
    [{ country: 'Channel Islands' }, 'no-country'],
    [{ country: 'Atlantis' }, 'no-country'],
  ])('with %j is refused: %s', (change, reason) => {
    expect(checkRow({ ...row, ...change })).toMatchObject({ ok: false, error: { line: 7, reason } });
  });
});

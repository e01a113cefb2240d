import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkCatalogue } from '../../../../infra/cli/products/check/check-catalogue.ts';
import type { CheckOptions } from '../../../../infra/cli/products/check/check-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shirt = {
  ...{ sku: 'SHIRT', description: 'T-shirt of cotton', hsCode: '610910', originCountry: 'CN' },
  ...{ unitWeightGrams: 180, dimensions: { lengthMm: 300, widthMm: 250, heightMm: 20 } },
  prices: [{ amount: 300_00, currency: 'EUR' }],
};
const wine = { ...shirt, sku: 'WINE', description: 'Red wine', hsCode: '220421', originCountry: 'IT' };

async function check(products: readonly object[], over: Partial<CheckOptions> = {}) {
  const file = join(folder, 'catalogue.json');
  writeFileSync(file, JSON.stringify(products));
  const said: string[] = [];
  const step = { advance: () => {}, reach: () => {}, end: () => {} };
  const progress = { start: () => step, say: () => {} };
  const options: CheckOptions = {
    backend: { url: 'http://127.0.0.1:9', token: 'none', dataDir: '.local' },
    ...{ file, to: ['GB'], units: 1, channel: 'courier', freightPercent: 10, policy: 'median' },
    ...{ date: '2026-12-01', format: 'json', all: false, ...over },
  };
  const areAllPriced = await checkCatalogue(options, { progress, say: (text) => said.push(text) });
  return { areAllPriced, text: said.join('\n') };
}

async function found(products: readonly object[], over: Partial<CheckOptions> = {}) {
  const { text } = await check(products, over);
  return (JSON.parse(text) as { readonly products: readonly Record<string, unknown>[] }).products;
}

describe('products that are checked against the rules', () => {
  it('are priced: 12 % duty and 20 % VAT for a T-shirt of EUR 300 with freight of 10 % in Great Britain', async () => {
    // Customs value 300.00 + 30.00 = 330.00 EUR; duty 12 % = 39.60; VAT 20 % of 369.60 = 73.92; together 113.52.
    // The authority rounds in pounds: 330 EUR x 0.87 = 287.10; 34.45 and 64.31, together 98.76 GBP = 113.52 EUR.
    const [checked] = await found([shirt]);
    expect(checked).toMatchObject({
      sku: 'SHIRT',
      market: 'GB',
      outcome: 'priced',
      dutyRate: '12',
      missing: [],
    });
    expect(checked?.charges).toEqual({ amount: expect.closeTo(113_52, -1), currency: 'EUR' });
  });

  it('say which proof of origin lowers the duty, and what is charged then', async () => {
    const [checked] = await found([{ ...shirt, originCountry: 'PL' }]);
    // Without the duty of 12 %: VAT 20 % of 330.00 = 66.00.
    expect(checked?.proofs).toEqual([
      { agreement: 'eu-gb-tca', charges: { amount: expect.closeTo(66_00, -1), currency: 'EUR' } },
    ]);
    const proved = {
      ...shirt,
      originCountry: 'PL',
      originProofs: [{ agreement: 'eu-gb-tca', reference: 'REX 1' }],
    };
    expect((await found([proved]))[0]?.proofs).toEqual([]);
  });

  it('have a range where the tariff divides their code, and want a longer one', async () => {
    const bag = { ...shirt, sku: 'BAG', description: 'Backpack', hsCode: '420292' };
    const [checked] = await found([bag], { to: ['US'] });
    expect(checked).toMatchObject({
      outcome: 'range',
      missing: ['longer code'],
      range: { lines: expect.any(Number) },
    });
    const strict = await found([bag], { to: ['US'], policy: 'refuse' });
    expect(strict[0]).toMatchObject({ outcome: 'refused', reason: 'unclassified', missing: ['longer code'] });
    const whole = { ...bag, nationalCodes: { US: '4202923120' } };
    expect((await found([whole], { to: ['US'], policy: 'refuse' }))[0]).toMatchObject({
      hsCode: '4202923120',
    });
  });

  it('are refused with the reason that a quote gives', async () => {
    const { areAllPriced, text } = await check([shirt, wine], { to: ['DE', 'GB'], format: 'table' });
    expect(areAllPriced).toBe(false);
    expect(text).toContain('excise duty');
    expect(text).toMatch(/^DE +\d+ +\d+ +1 /m);
    expect((await check([shirt], { format: 'table' })).text).toContain('Every product is priced');
    expect((await check([shirt])).areAllPriced).toBe(true);
  });

  it('want a registration that the merchant does not have', async () => {
    const seller = join(folder, 'seller.json');
    writeFileSync(seller, JSON.stringify({ name: 'A shop', importer: {} }));
    const cheap = { ...shirt, prices: [{ amount: 20_00, currency: 'EUR' }] };
    const [priced, refused] = await found([cheap], { to: ['DE', 'GB'], seller });
    expect(priced).toMatchObject({ outcome: 'priced' });
    expect(refused).toMatchObject({
      outcome: 'refused',
      reason: 'not-registered',
      missing: ['registration'],
    });
  });

  it('want an exchange rate that a file of rates lacks', async () => {
    const rates = join(folder, 'rates.csv');
    writeFileSync(rates, 'currency,rate,date,source\nUSD,1.16,2026-12-01,a bank\n');
    expect((await found([shirt], { rates }))[0]).toMatchObject({
      reason: 'no-rate',
      missing: ['exchange rate'],
    });
    expect((await found([shirt], { rates, to: ['US'] }))[0]?.reason).not.toBe('no-rate');
  });

  it('are not checked at all if a product of the file is wrong, or a market is no destination', async () => {
    await expect(check([shirt, { ...wine, hsCode: '22' }])).rejects.toThrow(/hsCode: six digits/);
    await expect(check([shirt], { to: ['AQ'] })).rejects.toThrow('AQ: no destination');
  });
});

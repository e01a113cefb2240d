import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importProducts } from '../../infra/cli/products/import-products.ts';
import { sampleRates } from '../../infra/cli/sample-shop/sample-seller.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { balances, imbalances, operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { isDelivered } from './shopper.ts';

interface Quoted {
  readonly quoteId: string;
  readonly totals: Readonly<
    Record<'goods' | 'duty' | 'tax' | 'fees' | 'total', { amount: number; currency: string }>
  >;
}

const file = `sku,description,hsCode,nationalCode:EU,nationalCode:GB,originCountry,unitWeightGrams,lengthMm,widthMm,heightMm,price:EUR,price:JPY
TOWEL-LINEN,Linen tea towel,630291,63029100,63029100,CN,120,300,200,15,12.50,2000
TOWEL-COTTON,Cotton tea towel,630291,63029100,63029100,CN,110,300,200,15,9.90,
`;

describe('a catalogue that is imported from a file', () => {
  let running: RunningBackend;
  let folder: string;
  beforeAll(async () => {
    running = await runBackend();
    folder = mkdtempSync(join(tmpdir(), 'entrepot-file-'));
  });
  afterAll(async () => {
    await running.stop();
    rmSync(folder, { recursive: true });
  });

  async function run(text: string, { dryRun = false } = {}): Promise<string[]> {
    const { url, cloud } = running.backend;
    const path = join(folder, 'goods.csv');
    writeFileSync(path, text);
    const token = await cloud.issueToken(['catalogue:write']);
    const said: string[] = [];
    const step = { advance: () => {}, reach: () => {}, end: () => {} };
    await importProducts(
      { file: path, url, token, dataDir: '', dryRun, yes: true },
      { start: () => step, say: (line) => void said.push(line) },
    );
    return said;
  }

  it('is checked, stored and sold, and its order keeps the quoted exchange rate after the table changed', async () => {
    await expect(run(file.replace('630291,63029100', '63029,63029100'))).rejects.toThrow(
      /goods\.csv:2: hsCode/,
    );
    expect(await run(file, { dryRun: true })).toEqual([
      '2 added, 0 changed, 0 unchanged.\n+ TOWEL-LINEN\n+ TOWEL-COTTON',
    ]);
    expect((await run(file)).at(-1)).toBe('Stored.');
    expect(await run(file)).toEqual(['0 added, 0 changed, 2 unchanged.']);

    const { shopper, backend, stripeUrl } = running;
    await backend.operator.call({
      ...{ method: 'POST', path: '/v1/admin/stock/movements', headers: { 'idempotency-key': 'towels' } },
      body: { kind: 'receive', sku: 'TOWEL-LINEN', warehouseId: 'cn-shenzhen', quantity: 5 },
    });
    const basket = {
      ...{ destination: { country: 'GB', postalCode: 'SW1A 1AA' }, currency: 'GBP' },
      lines: [{ sku: 'TOWEL-LINEN', quantity: 2 }],
    };
    const quoted = await shopper.quote<Quoted>(basket);
    // EUR 12.50 at 0.8790, half up, twice.
    expect(quoted.totals.goods).toEqual({ amount: 2 * 1_099, currency: 'GBP' });
    await backend.operator.call({
      ...{ method: 'PUT', path: '/v1/admin/exchange-rates' },
      body: {
        ...sampleRates,
        id: 'moved',
        date: '2026-11-23',
        rates: { ...sampleRates.rates, GBP: '0.9900' },
      },
    });

    const placed = await shopper.place(quoted.quoteId, 'GB');
    await confirmAsBrowser(stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    await shopper.follow(placed, isDelivered);
    const view = await operatorView(backend, placed.orderId);
    expect(view.landedCost.totals).toEqual(quoted.totals);
    expect(imbalances(view)).toEqual([]);
    expect(balances(view)['provider-clearing:stripe']).toBe(quoted.totals.total.amount);
    const [filed] = view.facts.filter(({ name }) => name === 'declaration.filed');
    const { goods, duty, tax, fees } = quoted.totals;
    expect(filed?.data.declared).toEqual({ goods, duty, tax, fees });
    // Another basket is priced at the rate that holds now. A container keeps the rates that it read for five seconds.
    const priced = async () => (await shopper.quote<Quoted>(basket)).totals.goods.amount;
    await expect.poll(priced, { timeout: 15_000 }).toBe(2 * 1_238);
  });
});

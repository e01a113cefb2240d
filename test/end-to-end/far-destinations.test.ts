import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../infra/cli/client/api-client.ts';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import {
  addresses,
  type BrokersDeclaration,
  baskets,
  chargesOf,
  type Imported,
  offer,
  type Quote,
  type Refreshed,
  refusalOf,
  sum,
  type Totals,
} from './far-baskets.ts';
import { booksOf } from './partners-books.ts';
import {
  balances,
  imbalances,
  type OperatorView,
  operatorView,
  type RunningBackend,
  runBackend,
} from './running-backend.ts';
import { type Basket, isDelivered, type Placed } from './shopper.ts';

describe('orders to distant destinations', () => {
  let running: RunningBackend;
  let storefront: ApiClient;
  beforeAll(async () => {
    running = await runBackend();
    storefront = storefrontClient(running.backend.url, running.storefrontKey);
  });
  afterAll(() => running.stop());

  const quote = (asked: Basket) => running.shopper.quote<Quote>(asked);
  const place = (quoteId: string, shippingAddress: object, more: object = {}) =>
    storefront.call<Placed>({
      method: 'POST',
      path: '/v1/orders',
      headers: { 'idempotency-key': randomUUID() },
      body: {
        ...{ quoteId, customer: { email: 'shopper@example.com', phone: '+493012345678' }, shippingAddress },
        ...{ payment: { method: 'card' }, ...more },
      },
    });
  const placedTotal = async (orderId: string) =>
    (await operatorView(running.backend, orderId)).landedCost.totals.total;

  /** Pays the order, waits for its delivery, and gives the operator's view and the broker's declarations. */
  async function carry(placed: Placed): Promise<{ view: OperatorView; declared: BrokersDeclaration[] }> {
    await confirmAsBrowser(running.stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    await running.shopper.follow(placed, isDelivered);
    const view = await operatorView(running.backend, placed.orderId);
    const lrns = view.facts
      .filter(({ name }) => name === 'declaration.filed')
      .map(({ data }) => `${data.lrn}`);
    const { declarations } = await booksOf(running.backend.partners.urls, lrns);
    expect(declarations).toHaveLength(lrns.length);
    expect(view.facts.filter(({ name }) => name === 'declaration.released')).toHaveLength(lrns.length);
    return { view, declared: declarations as unknown as BrokersDeclaration[] };
  }

  /**
   * Duty and tax of the quote, the order, the declaration and the ledger have to be the same. Tax that was charged at
   * the sale is declared by the number that it was charged under, so that the broker does not ask for it again.
   */
  function expectOneFigure(totals: Totals, { view, declared }: Awaited<ReturnType<typeof carry>>) {
    const filed = view.facts.filter(({ name }) => name === 'declaration.filed');
    const atBorder = declared.filter(({ request }) => request.additionalFiscalReferences === undefined);
    const held = balances(view);
    for (const kind of ['duty', 'tax'] as const) {
      const declaredMinor = filed.map(({ data }) => (data.declared as Totals)[kind].amount);
      const owed = Object.entries(held).filter(([account]) => account.startsWith(`${kind}-owed:`));
      const { amount, currency } = totals[kind];
      expect({
        order: view.landedCost.totals[kind],
        declared: sum(declaredMinor),
        atBroker: sum(chargesOf(kind === 'tax' ? atBorder : declared, kind, currency)),
        ledger: -sum(owed.map(([, minor]) => minor)) + 0,
      }).toEqual({
        ...{ order: totals[kind], declared: amount, ledger: amount },
        atBroker: kind === 'tax' && atBorder.length === 0 ? 0 : amount,
      });
    }
    expect(imbalances(view)).toEqual([]);
  }

  it('Norway: VAT (MVA) is charged at the sale under VOEC, and the VOEC number is declared', async () => {
    const { quoteId, totals } = await quote(baskets.NO);
    // 25 % of goods and shipping, rounded for each line of each parcel.
    const quarter = (totals.goods.amount + totals.shipping.amount) / 4;
    expect(totals.duty.amount).toBe(0);
    expect(Math.abs(totals.tax.amount - quarter)).toBeLessThanOrEqual(baskets.NO.lines.length);
    const carried = await carry(await place(quoteId, addresses.NO));
    for (const { scheme, dataSet } of carried.view.landedCost.consignments)
      expect({ scheme, dataSet }).toEqual({ scheme: 'no-vendor', dataSet: 'IMPORT_LOW_VALUE' });
    for (const { request } of carried.declared)
      expect(request.additionalFiscalReferences).toEqual([{ role: 'FR1', id: '2012345' }]);
    expectOneFigure(totals, carried);
    expect(Object.keys(balances(carried.view))).toContain('tax-owed:NO:skatteetaten');
  });

  it('Japan, above JPY 10,000: duty and consumption tax are paid for the consignee', async () => {
    const { quoteId, totals } = await quote(baskets.JP);
    // 2 x JPY 8,982 at 60 % is JPY 10,778: 10 % of 10,000; 7.8 % of 11,000 is 800 and 22/78 of that is 200.
    expect(totals).toMatchObject({
      goods: { amount: 17_964 },
      duty: { amount: 1_000 },
      tax: { amount: 1_000 },
    });
    const carried = await carry(await place(quoteId, addresses.JP));
    expect(carried.view.landedCost.consignments).toMatchObject([
      { scheme: 'import', dataSet: 'IMPORT_STANDARD' },
    ]);
    expectOneFigure(totals, carried);
  });

  it('Brazil, Remessa Conforme: the CEP decides the state, and only customs receive the CPF', async () => {
    const inSaoPaulo = await quote({
      ...baskets.BR,
      destination: { country: 'BR', postalCode: '01310-100' },
    });
    const { quoteId, totals } = await quote(baskets.BR);
    const base = totals.goods.amount + totals.shipping.amount + totals.duty.amount;
    // ICMS is part of its own base: 17 % in São Paulo, 20 % in Minas Gerais.
    expect(inSaoPaulo.totals.tax.amount).toBe(Math.round((base * 17) / 83));
    expect(totals.tax.amount).toBe(Math.round((base * 20) / 80));
    const { taxId, ...unnamed } = addresses.BR;
    expect(await refusalOf(place(quoteId, unnamed))).toEqual({
      status: 422,
      pointers: ['/shippingAddress/taxId'],
    });
    const carried = await carry(await place(quoteId, addresses.BR));
    expect(carried.view.landedCost.consignments).toMatchObject([
      { scheme: 'remessa-conforme', dataSet: 'IMPORT_LOW_VALUE' },
    ]);
    expectOneFigure(totals, carried);
    expect(Object.keys(balances(carried.view))).toContain('tax-owed:BR:mg');
    expect(carried.declared.map(({ request }) => request.importer.id)).toEqual([taxId.replaceAll(/\D/g, '')]);
    expect(JSON.stringify(carried.view)).not.toMatch(/111\.?444\.?777-?35/);
  });

  it('a line that is barred there is named with its rule and law, and the other lines are ordered', async () => {
    const sku = 'VAPE-PEN';
    await offer(
      running.backend.operator,
      sku,
      { description: 'Electronic cigarette', hsCode: '854340' },
      1500,
    );
    const lines = [{ sku, quantity: 1 }, ...baskets.SG.lines];
    const { quoteId, blockedLines, totals } = await quote({ ...baskets.SG, lines });
    expect(blockedLines).toMatchObject([
      { lineId: 'line-1', sku, action: 'block', ruleId: 'excise-vapes', law: expect.stringMatching(/\w{8}/) },
    ]);
    const { orderId } = await place(quoteId, addresses.SG);
    const { landedCost } = await operatorView(running.backend, orderId);
    expect(landedCost.totals).toEqual(totals);
    expect(landedCost.consignments).toMatchObject([
      { lines: [{ lineId: 'line-2', sku: 'UMBRELLA-FOLDING' }] },
    ]);
    expect(await refusalOf(quote({ ...baskets.SG, lines: [{ sku, quantity: 1 }] }))).toEqual({
      status: 422,
      pointers: ['/lines/0/sku'],
    });
  });

  it('the fastest option is ordered by its id, at its own price and with its own service', async () => {
    const { quoteId, options, optionId, totals } = await quote(baskets.JP);
    const fastest = options.find(({ labels }) => labels.includes('fastest'));
    if (fastest === undefined) throw new Error('one option is the fastest');
    expect(fastest.labels).toContain('express');
    expect(fastest.optionId).not.toBe(optionId);
    expect(fastest.promise.latest < (options[0]?.promise.latest ?? '')).toBe(true);
    expect(fastest.totals.total.amount).toBeGreaterThan(totals.total.amount);
    expect(await refusalOf(place(quoteId, addresses.JP, { optionId: 'opt-9' }))).toEqual({
      status: 422,
      pointers: ['/optionId'],
    });
    const carried = await carry(await place(quoteId, addresses.JP, { optionId: fastest.optionId }));
    expect(carried.view.landedCost.totals).toEqual(fastest.totals);
    expect(carried.view.landedCost.consignments).toMatchObject([{ service: 'express' }]);
    expectOneFigure(fastest.totals, carried);
  });

  it('a refresh after a price change names the change and its amount', async () => {
    const sku = 'UMBRELLA-GOLF';
    const goods = { description: 'Golf umbrella', hsCode: '660199' };
    await offer(running.backend.operator, sku, goods, 2000);
    const before = await quote({ ...baskets.SG, lines: [{ sku, quantity: 2 }] });
    const refresh = () =>
      storefront.call<Refreshed>({ method: 'POST', path: `/v1/quotes/${before.quoteId}/refresh` });
    expect(await refresh()).toMatchObject({ changes: [], difference: { amount: 0, currency: 'SGD' } });
    await offer(running.backend.operator, sku, goods, 2500);
    const after = await refresh();
    expect(after.previousQuoteId).toBe(before.quoteId);
    expect(after.difference.amount).toBe(after.totals.total.amount - before.totals.total.amount);
    // EUR 5.00 more at 1.5100, twice.
    expect(after.changes.find(({ what }) => what === 'price')).toMatchObject({
      amount: { amount: 1_510, currency: 'SGD' },
      detail: expect.stringContaining(sku),
    });
  });

  it('imported rules are first reported and then used in prices, and an earlier quote keeps its amounts', async () => {
    const { operator } = running.backend;
    const { rules } = await operator.call<{ rules: { rule: { kind: string; id: string; rate?: string } }[] }>(
      {
        method: 'GET',
        path: '/v1/admin/rules?destination=SG',
      },
    );
    const [{ rule } = { rule: undefined }] = rules.filter(({ rule: { kind } }) => kind === 'tax-rate');
    expect(rule?.rate).toBe('9');
    const importRules = (dryRun: boolean) =>
      operator.call<Imported>({
        method: 'POST',
        path: '/v1/admin/rules/imports',
        body: { dryRun, file: { title: 'A rate for a test', rows: [{ ...rule, rate: '10' }] } },
      });
    const before = await quote(baskets.SG);
    const reported = await importRules(true);
    expect(reported).toMatchObject({
      stored: false,
      changes: [{ ruleId: rule?.id, change: 'changed', destinations: ['SG'] }],
    });
    expect((await quote(baskets.SG)).landedCost.ruleSet).toEqual(before.landedCost.ruleSet);
    expect(await importRules(false)).toEqual({ ...reported, stored: true });
    const after = await quotedBy(reported.version);
    const { goods, shipping } = before.totals;
    const taxAt = (percent: number) => Math.round(((goods.amount + shipping.amount) * percent) / 100);
    expect([before.totals.tax.amount, after.totals.tax.amount]).toEqual([taxAt(9), taxAt(10)]);
    expect(after.landedCost.consignments[0]?.charges.find(({ kind }) => kind === 'tax')?.formula).toContain(
      '10 %',
    );
    const [earlier, later] = [
      await place(before.quoteId, addresses.SG),
      await place(after.quoteId, addresses.SG),
    ];
    expect(await placedTotal(earlier.orderId)).toEqual(before.totals.total);
    expect(await placedTotal(later.orderId)).toEqual(after.totals.total);
    expect((await importRules(true)).changes).toEqual([]);
  });

  it.each([
    ['an unknown country', { destination: { country: 'XX' } }, '/destination/country'],
    ['Canada without a province', { destination: { country: 'CA' }, currency: 'CAD' }, '/destination/region'],
    ['Brazil without a state', { destination: { country: 'BR' }, currency: 'BRL' }, '/destination/region'],
    [
      'an unknown province',
      { destination: { country: 'CA', region: 'ZZ' }, currency: 'CAD' },
      '/destination/region',
    ],
    [
      'a postal code of another country',
      { destination: { country: 'CA', postalCode: '12345' } },
      '/destination/postalCode',
    ],
    ['none of a line', { lines: [{ sku: 'UMBRELLA-FOLDING', quantity: 0 }] }, '/lines/0/quantity'],
  ])('%s is 422 and named', async (_, wrong, pointer) => {
    const response = await fetch(`${running.backend.url}/v1/quotes`, {
      method: 'POST',
      headers: { 'x-entrepot-key': running.storefrontKey, 'content-type': 'application/json' },
      body: JSON.stringify({ ...baskets.SG, ...wrong }),
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      422,
      'application/problem+json',
    ]);
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it.each([
    ['a CPF with wrong check digits', '111.444.777-36'],
    ['a number of another country', 'P123456789012'],
  ])('%s is 422 and named', async (_, taxId) => {
    const { quoteId } = await quote(baskets.BR);
    expect(await refusalOf(place(quoteId, { ...addresses.BR, taxId }))).toEqual({
      status: 422,
      pointers: ['/shippingAddress/taxId'],
    });
  });

  /** Waits for a quote by that version of the rules. Functions look for a new version every five seconds. */
  async function quotedBy(version: string): Promise<Quote> {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const made = await quote(baskets.SG);
      if (made.landedCost.ruleSet.version === version) return made;
      await wait(250);
    }
    throw new Error(`no quote is made by ${version}`);
  }
});

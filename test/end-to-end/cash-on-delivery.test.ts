import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../infra/cli/client/api-client.ts';
import { reconcileFile } from '../../infra/cli/reconcile/reconcile-file.ts';
import { samplePartners } from '../../infra/cli/sample-shop/sample-partners.ts';
import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { remittanceFile } from '../../shared/payment/cash/remittance-file.ts';
import { onWorkList, postAsOperator } from './operator.ts';
import { booksOf } from './partners-books.ts';
import { balances, imbalances, operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed, patiently } from './shopper.ts';

const CASH = 'cash-on-delivery';
const { carrier } = samplePartners;
let running: RunningBackend;

const put = (body: object) =>
  running.backend.operator.call({ method: 'PUT', path: '/v1/admin/seller', body });
const sellerWith = (callerLimits: object) => ({
  ...sampleSeller,
  callerLimits: { ...sampleSeller.callerLimits, ...callerLimits },
  payment: { ...sampleSeller.payment, terms: [{ provider: CASH }] },
});
const storefront = () => storefrontClient(running.backend.url, running.storefrontKey);

/** Places an order of two parcels to Germany. The carriers' sandbox finds it by the street. */
async function place(street: string, customer: object = {}): Promise<Placed> {
  const { quoteId } = await running.shopper.quote(baskets.DE);
  const body = running.shopper.placeBody(quoteId, 'DE', CASH);
  return storefront().call<Placed>({
    ...{ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': randomUUID() } },
    body: {
      ...body,
      customer: { ...body.customer, ...customer },
      shippingAddress: { ...body.shippingAddress, line1: street },
    },
  });
}

const view = ({ orderId }: Placed) => operatorView(running.backend, orderId);
const totalOf = async (placed: Placed) => (await view(placed)).landedCost.totals.total?.amount ?? 0;
const factsOf = async (placed: Placed, name: string) =>
  (await view(placed)).facts.filter((fact) => fact.name === name);
const labelsOf = async (placed: Placed) =>
  (await factsOf(placed, 'payment.captured')).map(({ data }) => String(data.providerReference));

/** The carrier remits what it collected for these labels. */
async function remit(only: readonly string[], wrong: object = {}): Promise<string> {
  const response = await fetch(`${running.backend.partners.urlOf(carrier)}/sandbox/remittances`, {
    ...{ method: 'POST', body: JSON.stringify({ only, ...wrong }) },
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.text();
}

/** `entrepot reconcile cash-on-delivery --file`: whether nothing differs, and its last line. */
async function reconcile(text: string): Promise<readonly [boolean, string | undefined]> {
  const said: string[] = [];
  const options = { provider: CASH, file: 'remittance.csv', dryRun: false };
  const operator = async () => running.backend.operator;
  const isClean = await reconcileFile(options, { text, format: remittanceFile }, operator, (line) =>
    said.push(line),
  );
  return [isClean, said.at(-1)];
}

/** 2 per cent of each amount, half up: what the sandbox's carrier keeps. */
const feeOf = (minor: number) => Math.floor((minor * 2 + 50) / 100);

beforeAll(async () => {
  running = await runBackend();
  await put(sellerWith({}));
});
afterAll(() => running.stop());

describe('cash on delivery', () => {
  it('is offered where a carrier collects it, and each refusal has its reason', async () => {
    const ask = async (more: string) => {
      const { methods, refused } = await storefront().call<{
        readonly methods: readonly { readonly method: string }[];
        readonly refused: readonly { readonly method: string; readonly reason: string }[];
      }>({ method: 'GET', path: `/v1/payment-methods?${more}` });
      return methods.some(({ method }) => method === CASH)
        ? 'offered'
        : refused.find(({ method }) => method === CASH)?.reason;
    };
    const de = 'country=DE&currency=EUR';
    expect(await ask(`${de}&amount=350000&lanes=${carrier}:standard`)).toBe('offered');
    expect(await ask(`${de}&amount=350001`)).toBe('above-maximum');
    expect(await ask(`${de}&amount=5000&lanes=${carrier}:standard,${carrier}:economy`)).toBe('carrier');
    expect(await ask(`${de}&amount=5000&incoterm=DAP`)).toBe('incoterm');
    expect(await ask('country=GB&currency=GBP&amount=5000')).toBe('country');
  });

  it('needs a telephone number, and the answer names the field', async () => {
    const attempt = place('Ohne Telefon 1', { phone: undefined });
    const error = await attempt.catch((thrown: unknown) => thrown);
    if (!(error instanceof ApiProblem)) throw new Error('the order was taken');
    expect(error.problem).toMatchObject({ status: 422, errors: [{ pointer: '/customer/phone' }] });
  });

  it('is sent unpaid, collected by parcel, remitted by a file, and the books are equal', async () => {
    const placed = await place('Barzahlung 1');
    expect(placed.payment.nextAction).toEqual({ type: 'none' });
    await running.shopper.follow(placed, isDelivered);
    const total = await totalOf(placed);
    const delivered = await view(placed);
    expect(imbalances(delivered)).toEqual([]);
    expect(balances(delivered)).toMatchObject({ [`cod-in-transit:${CASH}`]: total, 'customer-deposits': 0 });

    // Each label has the amount of its parcel, and they add up to the total.
    const { shipments } = await booksOf(running.backend.partners.urls, ['Barzahlung 1']);
    const options = shipments.map((shipment) => shipment.options as Record<string, unknown>);
    expect(options.map(({ cod_method }) => cod_method)).toEqual(['CASH', 'CASH']);
    const amounts = options.map(({ cod_amount }) => Math.round(Number(cod_amount) * 100));
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(total);
    const captured = await factsOf(placed, 'payment.captured');
    expect(captured.map(({ data }) => (data.amount as { amount: number }).amount).sort()).toEqual(
      amounts.sort(),
    );

    const file = await remit(await labelsOf(placed));
    expect(await reconcile(file)).toEqual([
      true,
      '2 lines: 2 matched, 0 booked before, 0 of no order, 0 differences',
    ]);
    const fee = amounts.map(feeOf).reduce((sum, one) => sum + one, 0);
    const remitted = await view(placed);
    expect(imbalances(remitted)).toEqual([]);
    expect(balances(remitted)).toMatchObject({
      ...{ [`cod-in-transit:${CASH}`]: 0, bank: total - fee, 'provider-fees': fee },
    });
    expect(await reconcile(file)).toEqual([
      true,
      '2 lines: 0 matched, 2 booked before, 0 of no order, 0 differences',
    ]);
    expect((await view(placed)).facts).toHaveLength(remitted.facts.length);

    // The carrier gives no cash back: a person does.
    const refund = { amount: { amount: 500, currency: 'EUR' } };
    const refusal = await postAsOperator(running, placed, 'refund', refund).catch(
      (thrown: unknown) => thrown,
    );
    if (!(refusal instanceof ApiProblem)) throw new Error('the refund was taken');
    expect(refusal.problem).toMatchObject({
      status: 422,
      errors: [{ pointer: '/by', code: 'paid-in-cash' }],
    });
    const byHand = { ...refund, by: 'bank-transfer' };
    const { refundId } = await postAsOperator<{ refundId: string }>(running, placed, 'refund', byHand);
    await postAsOperator(running, placed, 'refund', { refundId, reference: 'SEPA-1' });
    expect(balances(await view(placed))).toMatchObject({ 'refunds-by-hand:bank-transfer': -500 });
  }, 120_000);

  it('that is remitted short, twice and not at all is a difference each, once', async () => {
    const orders = [await place('Barzahlung 2'), await place('Barzahlung 3')];
    for (const placed of orders) await running.shopper.follow(placed, isDelivered);
    const labels = (await Promise.all(orders.map(labelsOf))).flat();
    const [short, twice, without] = labels;
    const file = await remit(labels, { short: [short], twice: [twice], without: [without] });
    const four = '4 lines: 2 matched, 0 booked before, 0 of no order, 2 differences, still owed 1.00 EUR';
    expect(await reconcile(file)).toEqual([false, four]);
    expect(await reconcile(file)).toEqual([false, four.replace('2 matched, 0', '0 matched, 2')]);
    const open = async () => {
      const { differences } = await running.backend.operator.call<{
        readonly differences: readonly {
          readonly kind: string;
          readonly reference: string;
          readonly owed?: { readonly amount: number };
        }[];
      }>({ method: 'GET', path: `/v1/admin/reconciliations/${CASH}` });
      return differences.map(({ kind, reference, owed }) => [kind, reference, owed?.amount]).sort();
    };
    expect(await open()).toEqual(
      [
        ['duplicated', twice, undefined],
        ['short', short, 100],
      ].sort(),
    );
    // The next remittance has what was left out, and the rest of the short one.
    const rest = '2 lines: 2 matched, 0 booked before, 0 of no order, 0 differences';
    expect(await reconcile(await remit(labels))).toEqual([true, rest]);
    expect(await open()).toEqual([['duplicated', twice, undefined]]);
    for (const placed of orders)
      expect(balances(await view(placed))).toMatchObject({ [`cod-in-transit:${CASH}`]: 0 });
    expect((await onWorkList(running, orders[0] as Placed))?.attention.map(({ reason }) => reason)).toEqual([
      'settlement-differs',
    ]);
  }, 120_000);

  it('that is refused for one of two parcels brings no money and no sale of it', async () => {
    const { backend, shopper } = running;
    const street = 'Annahme verweigert 1';
    backend.partners.faults.add({ partner: carrier, behaviour: 'returned', times: 1, reference: street });
    const placed = await place(street);
    await shopper.follow(placed, ({ status }) => status === 'held');
    const back = (await onWorkList(running, placed))?.attention.find(
      ({ parcelId }) => parcelId !== undefined,
    );
    const parcelId = back?.parcelId;
    await postAsOperator(running, placed, 'close', { parcelId, outcome: 'returned', refund: 'none' });
    await shopper.follow(placed, isDelivered);

    const { shipments } = await booksOf(backend.partners.urls, [street]);
    const [captured, ...more] = await factsOf(placed, 'payment.captured');
    expect([shipments.length, more.length]).toEqual([2, 0]);
    const { amount: price = 0 } = (captured?.data.amount ?? {}) as { readonly amount?: number };
    expect(price).toBeLessThan(await totalOf(placed));
    const closed = await view(placed);
    expect(imbalances(closed)).toEqual([]);
    expect(closed.facts.some(({ name }) => name.startsWith('refund.'))).toBe(false);
    const books = balances(closed);
    expect(books).toMatchObject({ [`cod-in-transit:${CASH}`]: price, 'customer-deposits': 0 });
    expect(books['tax-on-deposits'] ?? 0).toBe(0);
    const others = Object.entries(books).filter(([account]) => account !== `cod-in-transit:${CASH}`);
    expect(others.reduce((sum, [, amount]) => sum + amount, 0)).toBe(-price);
    expect((await reconcile(await remit(await labelsOf(placed))))[0]).toBe(true);

    // The refusal counts against the next order of the same telephone number.
    await put(sellerWith({ cashOrdersOfShopper: 1 }));
    // A container may know the limit of before for a moment, and takes another order then.
    const next = await patiently(async () => {
      const error = await place('Barzahlung 4', { email: 'other@example.com' }).catch(
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof ApiProblem)) throw new Error('the order was taken');
      return error;
    });
    await put(sellerWith({}));
    expect(next.problem).toMatchObject({
      ...{ status: 422, errors: [{ pointer: '/payment/method', code: 'too-much-cash' }] },
    });
  }, 120_000);
});

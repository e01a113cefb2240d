import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR_SCOPES } from '../../infra/cli/client/operator-client.ts';
import type { OrderAnswer } from '../../infra/cli/start/demo-order.ts';
import { signAsStandardWebhook } from '../../infra/sandbox/signatures.ts';
import { orderResponse } from '../../infra/sandbox/supplier/documents.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { type Contract, ContractCaller, operationsOf } from './contract-caller.ts';
import { operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed, patiently } from './shopper.ts';
import { buyAndDetain, buyAndLose, cancelWithUsedLabel, type TroubledOrder } from './trouble.ts';

const contract = JSON.parse(readFileSync('events/generated/openapi.json', 'utf8')) as Contract;

/** The ids that the examples contain. The ids of the running shop are sent in their place. */
const written = {
  quote: 'quo_01KAXB3J5K0000000000000000',
  order: 'ord_01KAXB3J5K0000000000000000',
  hold: 'hld_01KAXB3J5K0000000000000000',
  erasure: 'era_01KAXB3J5K0000000000000000',
  replenishmentOrder: 'rpl_01KAXB3J5K0000000000000000',
  refund: 'ref_01KAXB3J5K0000000000000000',
  dispute: 'du_1Q8sample',
  parcel: 'par_01KAXB3J5K0000000000000000',
  label: 'shp_7b1d09b1fa7e4a6f8d7f0f3c2f6f5a10',
  slot: 'de-hamburg_2026-12-03_0800-1200_timed',
  trackingNumber: 'EZ1000000001',
  day: '2026-11-29',
} as const;

describe('every example of the contract', () => {
  let running: RunningBackend;
  let caller: ContractCaller;
  beforeAll(async () => {
    running = await runBackend();
    caller = new ContractCaller(running.backend.url, contract, {
      storefrontKey: running.storefrontKey,
      operatorToken: await running.backend.cloud.issueToken(OPERATOR_SCOPES),
    });
  });
  afterAll(() => running.stop());

  const quote = async (example = 'germany') => {
    const { quoteId } = await caller.send<{ quoteId: string }>('quote.post-quote', example);
    caller.standIns.set(written.quote, quoteId);
    return quoteId;
  };
  const place = async (example: string) => {
    const placed = await caller.send<Placed>('order.post-order', example);
    caller.standIns.set(written.order, placed.orderId);
    caller.orderToken = placed.accessToken;
    return placed;
  };

  it('works for the setup of the shop', async () => {
    for (const [operation, ...examples] of [
      ['setup.put-warehouse', 'poznan'],
      ['setup.put-seller', 'sample'],
      ['setup.put-exchange-rates', 'sample'],
      ['setup.put-storefront', 'shop'],
      ['setup.put-slots', 'hamburg'],
      ['setup.put-carrier-health', 'down', 'up'],
      ['setup.post-rules-import', 'dryRun'],
      ['setup.post-tariffs-import', 'dryRun'],
      ['catalogue.put-product', 'towel'],
      ['catalogue.post-products-import', 'dryRun', 'stored'],
      ['catalogue.post-costs-import', 'dryRun', 'stored'],
      ['stock.post-stock-movement', 'receive', 'adjust', 'quarantine', 'dispatchTransfer', 'receiveTransfer'],
      ['stock.put-stock-buckets', 'four'],
    ] as const)
      for (const example of examples) await caller.send(operation, example);
    for (const operation of [
      'setup.get-warehouses',
      'setup.get-warehouse',
      'setup.get-carriers',
      'setup.get-seller',
      'setup.get-exchange-rates',
      'setup.get-carrier-health',
      'setup.get-rules',
      'setup.get-tariffs',
      'catalogue.get-products',
      'catalogue.get-product',
      'catalogue.get-products-check',
      'stock.get-stock-list',
      'stock.get-stock',
      'stock.get-stock-entries',
    ])
      await caller.send(operation);
  });

  it('works for quotes and a slot', async () => {
    await quote('britain');
    const { options } = await caller.send<{ options: { service: string; optionId: string }[] }>(
      'quote.post-quote',
      'unitedStates',
    );
    // Two options may have the same service, so only the id names an option.
    expect(new Set(options.map(({ optionId }) => optionId)).size).toBe(options.length);
    await caller.send('reports.post-visits', 'visit');
    await caller.send('quote.get-payment-methods');
    await caller.send('quote.get-sellable-products');
    await caller.send('quote.get-delivery-slots');
    const quoteId = await quote();
    await caller.send('quote.post-quote-refresh');
    const { backend, storefrontKey } = running;
    const fitting = await fetch(
      `${backend.url}/v1/delivery-slots?country=DE&postalCode=20095&quoteId=${quoteId}`,
      { headers: { 'x-entrepot-key': storefrontKey } },
    );
    const { slots } = (await fitting.json()) as { slots: { slotId: string }[] };
    caller.standIns.set(written.slot, slots[0]?.slotId ?? '');
    const { holdId } = await caller.send<{ holdId: string }>('quote.post-slot-hold', 'hold');
    caller.standIns.set(written.hold, holdId);
    await place('slot');
  });

  it('works for an order, its cancellation, payment, delivery, settlement and refund', async () => {
    await quote();
    expect((await place('klarna')).payment.nextAction.type).toBe('confirm');
    await caller.send('order.post-payment', 'card');
    await caller.send('order.post-payment', 'klarna');
    await caller.send('order.post-cancellation');
    await quote();
    const placed = await place('card');
    await confirmAsBrowser(running.stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    await running.shopper.follow(placed, isDelivered);
    const order = await caller.send<OrderAnswer>('order.get-order');
    caller.standIns.set(written.parcel, order.parcels[0]?.parcelId ?? '');
    caller.standIns.set(written.trackingNumber, order.parcels[0]?.trackingNumber ?? '');
    await caller.send('order.get-order-for-operator');
    await caller.send('order.get-orders');
    for (const example of ['dryRun', 'booked']) await caller.send('payment.post-reconciliation', example);
    await caller.send('payment.get-reconciliations');
    await caller.send('payment.get-payment-costs');
    await caller.send('shipping.post-carrier-invoices', 'dryRun');
    await caller.send('shipping.post-carrier-invoices', 'stored');
    await caller.send('shipping.post-freight-settlement', 'credited');
    await caller.send('screening.post-decision', 'units');
    await caller.send('screening.post-decision', 'part');
    const statusOf = (view: OrderAnswer & { payments?: readonly { status: string }[] }) =>
      view.payments?.[0]?.status;
    const refundedUnitsOf = (view: OrderAnswer & { refundedLines?: readonly { quantity: number }[] }) =>
      view.refundedLines?.[0]?.quantity;
    await running.shopper.follow(placed, (view) => statusOf(view) === 'partially_refunded');
    await running.shopper.follow(placed, (view) => refundedUnitsOf(view) === 1);
    const byHand = await caller.send<{ refundId: string }>('screening.post-decision', 'byTransfer');
    caller.standIns.set(written.refund, byHand.refundId);
    await caller.send('screening.post-decision', 'confirmed');
    await caller.send('screening.post-decision', 'all');
    await running.shopper.follow(placed, (view) => statusOf(view) === 'refunded');
    await caller.send('privacy.post-erasure', 'ofPerson');
    const { erasureId } = await caller.send<{ erasureId: string }>('privacy.post-erasure', 'ofOrders');
    caller.standIns.set(written.erasure, erasureId);
    await caller.send('privacy.get-erasure');
  });

  it('works for the evidence of a dispute', async () => {
    const { backend, shopper, stripeUrl } = running;
    const placed = await shopper.buy(baskets.DE, stripeUrl);
    await shopper.follow(placed, isDelivered);
    const { facts } = await operatorView(backend, placed.orderId);
    const charge = String(facts.find(({ name }) => name === 'payment.captured')?.data.providerReference);
    const opened = await fetch(`${stripeUrl}/sandbox/charges/${charge}/disputes`, { method: 'POST' });
    const { id } = (await opened.json()) as { readonly id: string };
    caller.standIns.set(written.order, placed.orderId);
    caller.standIns.set(written.dispute, id);
    await patiently(async () => {
      const view = await operatorView(backend, placed.orderId);
      if (!view.facts.some(({ name }) => name === 'payment.disputed')) throw new Error('no dispute yet');
    });
    expect(await caller.send<string>('payment.get-dispute-evidence')).toContain('%PDF-');
    await caller.send('payment.post-dispute-evidence', 'recorded');
    await caller.send('payment.post-dispute-evidence', 'submitted');
  });

  it('works for an order that needs an operator', async () => {
    const standIn = ({ placed, parcelId, carrierShipmentId = '' }: TroubledOrder) => {
      caller.standIns.set(written.label, carrierShipmentId);
      caller.standIns.set(written.order, placed.orderId);
      caller.standIns.set(written.parcel, parcelId);
    };
    const shirts = { ...baskets.DE, lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 2 }] };
    standIn(await buyAndLose(running));
    await caller.send('order.post-parcel-closing', 'lost');
    standIn(await buyAndLose(running, 'returned', shirts));
    await caller.send('order.post-parcel-closing', 'returned');
    standIn(await buyAndDetain(running));
    await caller.send('order.post-parcel-closing', 'stopped');
    standIn(await cancelWithUsedLabel(running));
    await caller.send('order.post-acknowledgement', 'label');
  });

  /** The supplier's answer to an order, as it signs it. Gives the status of ours. */
  const supplierTakes = async (
    orderId: string,
    supplier: { readonly supplierId: string; readonly signingSecret: string },
  ): Promise<number> => {
    const timestamp = Math.floor(Date.now() / 1_000);
    const body = orderResponse({
      ...{ documentId: 'OR-1', orderId, salesOrderId: 'SO-88121', code: 'AP' },
      ...{ issuedOn: '2026-11-29', promisedOn: '2027-01-20' },
    });
    const { status } = await fetch(`${running.backend.url}/v1/hooks/supplier/${supplier.supplierId}`, {
      ...{ method: 'POST', body },
      headers: {
        'content-type': 'application/xml',
        ...signAsStandardWebhook(supplier.signingSecret, { id: 'OR-1', timestamp, body }),
      },
    });
    return status;
  };

  it('works for a supplier, and for an order from its proposal to the shelf', async () => {
    const { cloud } = running.backend;
    const { supplierId, signingSecret } = await caller.send<{ supplierId: string; signingSecret: string }>(
      'replenishment.put-supplier',
      'ceramics',
    );
    await caller.send('replenishment.put-purchasing-settings', 'limit');
    await caller.send('replenishment.get-purchasing-settings');
    await caller.send('replenishment.post-suppliers-import', 'suppliers');
    await caller.send('replenishment.post-suppliers-import', 'retire');
    await caller.send('replenishment.put-port', 'strike');
    await caller.send('replenishment.post-ports-import', 'ports');
    await caller.send('replenishment.post-ports-import', 'close');
    await caller.send('replenishment.post-slotting', 'zones');
    await caller.send('replenishment.post-slotting', 'placed');
    await caller.send('replenishment.get-slotting');
    await caller.send('replenishment.post-signals-import', 'signals');
    await caller.send('replenishment.post-signals-import', 'retire');
    const propose = async (example: string) => {
      const placed = await caller.send<{ replenishmentOrderId: string }>(
        'replenishment.post-replenishment-order',
        example,
      );
      caller.standIns.set(written.replenishmentOrder, placed.replenishmentOrderId);
    };
    await propose('purchase');
    await caller.send('replenishment.post-approval');
    await cloud.runSchedule('entrepot-local-ReplenishmentEvery15MinutesSendOrders');
    const order = () => caller.send<{ status: string }>('replenishment.get-replenishment-order');
    await expect.poll(async () => (await order()).status, { timeout: 30_000 }).toBe('sent');
    const orderId = caller.standIns.get(written.replenishmentOrder) ?? expect.fail('it was placed');
    expect(await supplierTakes(orderId, { supplierId, signingSecret })).toBe(200);
    caller.sent.add('replenishment.post-supplier-call');
    expect((await order()).status).toBe('acknowledged');
    await caller.send('replenishment.post-order-decision', 'acknowledge');
    await caller.send('replenishment.post-notice', 'sea');
    await caller.send('replenishment.post-receipt', 'counted');
    expect((await order()).status).toBe('received');
    await propose('transfer');
    for (const operation of [
      ...['get-supplier', 'get-suppliers', 'get-replenishment-orders', 'get-supply-risks', 'get-signals'],
    ])
      await caller.send(`replenishment.${operation}`);
  });

  it('works for a run of replenishment, and for what it says of a product', async () => {
    const { day } = await caller.send<{ day: string }>('replenishment.post-run', 'today');
    caller.standIns.set(written.day, day);
    const run = () => caller.send<{ state: string; skuSites: { all: number } }>('replenishment.get-run');
    await expect.poll(async () => (await run()).state, { timeout: 60_000 }).toBe('done');
    expect((await run()).skuSites.all).toBeGreaterThan(0);
    for (const operation of ['get-runs', 'get-run-skus', 'get-proposals', 'get-sku'])
      await caller.send(`replenishment.${operation}`);
    caller.standIns.delete(written.day);
  });

  it('works for reports and for the description of the API', async () => {
    const rest = operationsOf(contract).filter(
      ({ tags, method }) => method === 'GET' && (tags.includes('operations') || tags.includes('reports')),
    );
    for (const { operationId } of rest) await caller.send(operationId);
  });

  it('works for the calls of the partners, which the sandboxes sign', async () => {
    const response = await fetch(`${running.stripeUrl}/_sandbox/state`);
    const { hookAttempts } = (await response.json()) as {
      hookAttempts: readonly { readonly partner: string; readonly status: number }[];
    };
    for (const { operationId, tags, parameters } of operationsOf(contract)) {
      const code = tags.includes('partners') ? parameters[0]?.example : undefined;
      if (hookAttempts.some(({ partner, status }) => partner === code && status === 200))
        caller.sent.add(operationId);
    }
  });

  it('was sent by one of these tests', () => {
    const all = operationsOf(contract).flatMap(({ operationId, requestBody }) => {
      const examples = Object.keys(requestBody?.content['application/json'].examples ?? {});
      return requestBody === undefined ? [operationId] : examples.map((name) => `${operationId} ${name}`);
    });
    expect([...caller.sent].sort()).toEqual(all.sort());
    expect(all.length).toBeGreaterThan(50);
  });
});

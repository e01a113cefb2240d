import type { ReplenishmentFact } from '../../../../events/replenishment.ts';
import { dayMs, type Instant, later } from '../../../../shared/kernel/time.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import type { ReceiptEffects } from '../../../../shared/replenishment/inbound/receipt-effects.ts';
import {
  type DockReceipt,
  receiptEffects,
  receiveCommand,
} from '../../../../shared/replenishment/inbound/receive.ts';
import { type ShipNotice, shipCommand } from '../../../../shared/replenishment/inbound/ship.ts';
import { decideOrder, type OrderCommand } from '../../../../shared/replenishment/purchasing/decide-order.ts';
import { needKeyOf } from '../../../../shared/replenishment/purchasing/need-key.ts';
import { orderIdOfRun } from '../../../../shared/replenishment/purchasing/order-id.ts';
import {
  evolve,
  type OrderState,
  orderStateOf,
} from '../../../../shared/replenishment/purchasing/order-state.ts';
import { proposedFacts } from '../../../../shared/replenishment/purchasing/proposed-facts.ts';
import { orderDocument } from '../../../../shared/replenishment/purchasing/sending/order-document.ts';
import { reasonTexts } from '../../../../shared/replenishment/run/proposed-need.ts';
import { sampleSeller } from '../../sample-shop/sample-seller.ts';
import { DAY, freightOf, NOW, product, SITE, SKU, supplier, warehouse } from './terms.ts';

/** What happened to the order, and how it was after each step. */
export interface BoughtExample {
  readonly facts: readonly ReplenishmentFact[];
  readonly approvalReasons: readonly string[];
  /** UBL 2.1. */
  readonly xml: string;
  readonly notice: ShipNotice;
  readonly bulkEntry: Extract<OrderCommand, { kind: 'ship' }>['bulkEntry'];
  readonly receipt: DockReceipt;
  readonly effects: ReceiptEffects;
  readonly end: OrderState;
}

const at = (day: string, time: string): Instant => `${day}T${time}:00.000Z`;

/** The plan as an order: proposed, approved, sent, acknowledged, shipped and received, by the rules of purchasing. */
export function buyExample(plan: SkuPlan): BoughtExample {
  const [own] = plan.from ?? [];
  if (own === undefined) throw new Error('the example orders something');
  const runId = `daily-${DAY}.0`;
  const order = {
    ...{ runId, kind: 'purchase' as const, from: supplier.supplierId, warehouseId: SITE },
    ...{ currency: own.unitPrice.currency, skus: [SKU] },
  };
  const reasons = reasonTexts(plan, plan.reasons);
  const proposal = {
    ...{ kind: 'purchase' as const, supplierId: supplier.supplierId, sku: SKU, warehouseId: SITE },
    ...{
      units: own.units,
      reasons,
      needKey: needKeyOf({ sku: SKU, warehouseId: SITE, countedOrderIds: [] }),
    },
  };
  const expectedAt = later(NOW, 21 * dayMs);
  const replenishmentOrderId = orderIdOfRun(order);
  const facts: ReplenishmentFact[] = proposedFacts(
    { runId, by: 'run', now: NOW },
    {
      ...{ order, replenishmentOrderId, approves: false },
      lines: [{ proposal, part: 1, counted: new Set(), unitPrice: own.unitPrice, expectedAt }],
    },
  );
  let state = orderStateOf(facts);
  const step = (command: OrderCommand, when: Instant, by: 'operator' | 'clock'): ReplenishmentFact[] => {
    const decided = decideOrder(state, command, { at: when, by });
    if (!decided.ok) throw new Error(`${command.kind}: ${decided.error.reason}`);
    state = decided.value.reduce(evolve, state);
    facts.push(...decided.value);
    return [...decided.value];
  };
  step({ kind: 'approve', approval: 'person' }, at(DAY, '09:00'), 'operator');
  const { name, address } = sampleSeller;
  const { xml, messageId } = orderDocument(state, {
    ...{ supplier, seller: { name, address: { ...address, country: 'DE' } }, warehouse },
    descriptions: new Map([[SKU, product.description]]),
  });
  step({ kind: 'mark-sent', way: 'file', messageId }, at(DAY, '09:15'), 'clock');
  step({ kind: 'acknowledge', supplierReference: 'NB-2026-0608' }, at('2026-06-09', '07:30'), 'operator');
  const notice: ShipNotice = {
    noticeId: 'ASN-1',
    lines: [{ sku: SKU, units: own.units }],
    leg: { mode: 'rail', fromCountry: 'CN', transportReference: 'CRXU-400612' },
    ...{
      expectedAt: at('2026-06-29', '08:00'),
      freight: freightOf(own.units),
      spreadBy: 'weight',
    },
  };
  const products = new Map([[SKU, product]]);
  const ship = shipCommand(state, notice, { products, toCountry: 'PL' });
  step(ship, at('2026-06-12', '10:00'), 'operator');
  const receipt: DockReceipt = {
    noticeId: 'ASN-1',
    lines: [{ sku: SKU, received: own.units - 12, short: 6, damaged: 6, rejected: 0 }],
  };
  const received = step(receiveCommand(state, receipt, products), at('2026-06-29', '08:00'), 'operator');
  const counted = received.find(({ name }) => name === 'replenishment.received');
  if (counted?.name !== 'replenishment.received') throw new Error('the delivery is counted');
  const effects = receiptEffects(state, counted.data);
  return {
    ...{ facts, approvalReasons: reasons, xml, notice, bulkEntry: ship.bulkEntry, receipt, effects },
    end: state,
  };
}

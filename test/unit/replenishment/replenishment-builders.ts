import type { ReplenishmentFact } from '../../../events/replenishment.ts';
import { type OrderState, orderStateOf } from '../../../shared/replenishment/purchasing/order-state.ts';
import type { DeliveryOutcome } from '../../../shared/replenishment/purchasing/scorecard.ts';
import { type Supplier, supplierSchema } from '../../../shared/replenishment/purchasing/supplier.ts';

const replenishmentOrderId = 'rpl_01KAXB3J5K0000000000000000';
export const now = '2026-12-01T10:00:00.000Z';
export const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

export const supplier = (supplierId: string, over: object = {}): Supplier =>
  supplierSchema.parse({
    ...{ supplierId, name: supplierId, originCountries: ['CN'] },
    offers: [{ sku: 'MUG', prices: [{ fromUnits: 1, unitPrice: eur(400) }], leadTimeDays: 20 }],
    ...over,
  });

export const delivery = (over: Partial<DeliveryOutcome> = {}): DeliveryOutcome => ({
  ...{ replenishmentOrderId, at: now, daysLate: 0, noticed: 100, received: 100 },
  ...{ short: 0, damaged: 0, rejected: 0 },
  ...over,
});

/** A purchase order of these units that was sent. */
export const sentOrder = (units: Readonly<Record<string, number>>): OrderState => {
  const header = { replenishmentOrderId, at: now, by: 'run' as const };
  const facts: ReplenishmentFact[] = [
    {
      name: 'replenishment.proposed',
      data: {
        ...{ ...header, sequence: 1, kind: 'purchase', supplierId: 'ningbo', warehouseId: 'pl-poznan' },
        lines: Object.entries(units).map(([sku, quantity]) => ({
          ...{ sku, quantity, unitPrice: eur(400), needKey: `${sku}@pl-poznan`, reasons: [] },
        })),
        ...{ expectedAt: '2026-12-21T10:00:00.000Z', runId: 'run-1' },
      },
    },
    { name: 'replenishment.approved', data: { ...header, sequence: 2, approval: 'person' } },
    {
      name: 'replenishment.sent',
      data: { ...header, sequence: 3, way: 'file', messageId: replenishmentOrderId },
    },
  ];
  return orderStateOf(facts);
};

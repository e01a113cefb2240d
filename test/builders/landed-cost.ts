import type { Charge, ConsignmentLine, LandedCost, PlannedConsignment } from '../../events/landed-cost.ts';
import type { Currency } from '../../shared/kernel/currency.ts';

const eur = (amount: number, currency: Currency = 'EUR') => ({ amount, currency });

export function line(over: Partial<ConsignmentLine> = {}): ConsignmentLine {
  return {
    lineId: '1',
    sku: 'TEA-TOWEL',
    description: 'Linen tea towel',
    quantity: 2,
    hsCode: '630260',
    originCountry: 'IN',
    unitWeightGrams: 180,
    goodsValue: eur(2400),
    ...over,
  };
}

export function charge(over: Partial<Charge> = {}): Charge {
  return {
    kind: 'goods',
    code: 'goods',
    description: 'Linen tea towel',
    amount: eur(2400),
    formula: '24.00 EUR = 12.00 EUR x 2',
    ruleId: 'price-list',
    legalReference: 'contract of sale',
    ...over,
  };
}

/** Goods from Shenzhen to a consignee in Germany under the Import One-Stop Shop. */
export function consignment(over: Partial<PlannedConsignment> = {}): PlannedConsignment {
  return {
    consignmentId: 'c1',
    warehouseId: 'cn-shenzhen',
    shipFrom: 'CN',
    carrier: 'easypost',
    service: 'standard',
    lines: [line()],
    regime: 'eu',
    scheme: 'ioss',
    dataSet: 'EU_H7',
    deMinimis: [],
    charges: [
      charge({ lineId: '1' }),
      charge({ kind: 'shipping', code: 'shipping', amount: eur(600), ruleId: 'rate-card' }),
      charge({
        kind: 'duty',
        code: 'eu-flat-duty',
        lineId: '1',
        amount: eur(300),
        ruleId: 'eu-flat-duty-2026',
        owedTo: 'DE:customs',
      }),
      charge({
        kind: 'tax',
        code: 'ioss-vat',
        lineId: '1',
        amount: eur(627),
        ruleId: 'eu-ioss',
        owedTo: 'DE:ioss',
        base: eur(3300),
        rate: '19',
      }),
    ],
    promise: { earliest: '2026-12-01T10:00:00.000Z', latest: '2026-12-05T10:00:00.000Z' },
    ...over,
  };
}

/** The same goods from a warehouse in Poland: without a customs border, under the Union One-Stop Shop. */
export function domesticConsignment(over: Partial<PlannedConsignment> = {}): PlannedConsignment {
  const { dataSet: _, ...rest } = consignment();
  return {
    ...rest,
    consignmentId: 'c2',
    warehouseId: 'pl-poznan',
    shipFrom: 'PL',
    scheme: 'oss',
    lines: [line({ lineId: '2' })],
    charges: [
      charge({ lineId: '2' }),
      charge({ kind: 'shipping', code: 'shipping', amount: eur(500), ruleId: 'rate-card' }),
      charge({
        kind: 'tax',
        code: 'vat',
        lineId: '2',
        amount: eur(551),
        ruleId: 'eu-oss',
        owedTo: 'DE:oss',
        base: eur(2900),
        rate: '19',
      }),
    ],
    ...over,
  };
}

/** A landed cost whose totals are the sums of its consignments' charges. */
export function landedCost(over: Partial<LandedCost> = {}): LandedCost {
  const consignments = over.consignments ?? [consignment()];
  const currency = over.currency ?? 'EUR';
  const charges = consignments.flatMap((each) => each.charges);
  const total = (...kinds: Charge['kind'][]) => ({
    amount: charges
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((all, { amount }) => all + amount.amount, 0),
    currency,
  });
  const collected = charges.filter(({ collectedOnDelivery }) => collectedOnDelivery !== true);
  return {
    incoterm: 'DDP',
    currency,
    destination: { country: 'DE', postalCode: '10115' },
    ruleSet: { version: '2026.11', date: '2026-11-23' },
    consignments,
    totals: {
      goods: total('goods'),
      shipping: total('shipping'),
      duty: total('duty'),
      tax: total('tax'),
      fees: total('fee'),
      total: { amount: collected.reduce((all, { amount }) => all + amount.amount, 0), currency },
    },
    ...over,
  };
}

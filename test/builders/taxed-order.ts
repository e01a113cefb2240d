import type { NewFact } from '../../events/all-events.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import type { Currency } from '../../shared/kernel/currency.ts';
import { convert, money, multiply, percent, ratioOf, toJson } from '../../shared/kernel/money.ts';
import { type Instant, later, minuteMs } from '../../shared/kernel/time.ts';
import type { Decided } from '../../shared/timeline/index.ts';
import {
  authorised,
  cancelled,
  captured,
  dispatched,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  voided,
} from './facts.ts';
import { idOf } from './ids.ts';
import { charge, consignment, landedCost, line } from './landed-cost.ts';

/** The goods of one line, with their taxable amount in euro cents and their tax rate in per cent. */
interface TaxedGoods {
  readonly base: number;
  readonly rate: string;
}

export interface TaxedOrder {
  readonly state: string;
  readonly currency: Currency;
  /** A consignment from outside the EU is under IOSS. One from another member state is under the Union scheme. */
  readonly consignments: readonly { readonly from: string; readonly goods: readonly TaxedGoods[] }[];
}

/** The exchange rates of the orders: units of each currency for one euro. */
const LOCKED: Readonly<Partial<Record<Currency, string>>> = { EUR: '1', GBP: '0.87', HUF: '390.5' };

/** The landed cost of such an order: the taxable amounts of its goods, and the tax on each line at its rate. */
export function costOfTaxed({ state, currency, consignments }: TaxedOrder): LandedCost {
  const lock = ratioOf(LOCKED[currency] ?? '1');
  const inCurrency = (cents: number) => toJson(convert(money(cents, 'EUR'), currency, lock));
  return landedCost({
    currency,
    destination: { country: state, postalCode: state === 'HU' ? '1011' : '10115' },
    ...(currency === 'EUR'
      ? {}
      : { exchangeRates: { id: 'lock', base: 'EUR', used: { [currency]: LOCKED[currency] ?? '1' } } }),
    consignments: consignments.map(({ from, goods }, place) => {
      const scheme = from === 'CN' ? 'ioss' : 'oss';
      const lineId = (index: number) => `${place}-${index}`;
      return consignment({
        ...{ consignmentId: `c${place}`, shipFrom: from, scheme },
        lines: goods.map(({ base }, index) => line({ lineId: lineId(index), goodsValue: inCurrency(base) })),
        charges: goods.flatMap(({ base, rate }, index) => [
          charge({ lineId: lineId(index), amount: inCurrency(base) }),
          charge({
            ...{ kind: 'tax', code: 'vat', lineId: lineId(index), rate, owedTo: `${state}:${scheme}` },
            base: { amount: base, currency: 'EUR' },
            amount: inCurrency(multiply(money(base, 'EUR'), percent(rate)).amountMinor),
          }),
        ]),
      });
    }),
  });
}

export const steps = [
  ...([
    'authorise',
    'capture',
    'void',
    'refund',
    'refund-all',
    'refund-fails',
    'cancel',
    'dispatch',
  ] as const),
];

export interface Step {
  readonly does: (typeof steps)[number];
  /** The time since the step before. */
  readonly minutes: number;
  /** For a refund: the share of the remaining amount, in per mille. */
  readonly share: number;
}

/** The facts of an order after the wanted steps. A step that the order's state does not allow is left out. */
export function journeyOf(order: TaxedOrder, placedAt: Instant, wanted: readonly Step[]): Decided[] {
  const cost = costOfTaxed(order);
  const amount = cost.totals.total;
  const facts: Decided[] = [{ ...placed({ landedCost: cost }), occurredAt: placedAt }];
  let at = placedAt;
  let payment: 'none' | 'authorised' | 'captured' | 'voided' = 'none';
  let [left, refunds, isStopped, hasLeft] = [0, 0, false, false];
  let lastPaid: { id: string; amount: number } | undefined;
  const report = (...reported: readonly NewFact[]) =>
    facts.push(...reported.map((fact): Decided => ({ ...fact, occurredAt: at })));
  const refund = (minor: number) => {
    refunds += 1;
    const of = { refundId: idOf('refund', refunds), amount: { ...amount, amount: minor } };
    left -= minor;
    lastPaid = { id: of.refundId, amount: minor };
    report(refundRequested(of), refundPaid(of));
  };
  for (const { does, minutes, share } of wanted) {
    at = later(at, minutes * minuteMs);
    if (does === 'authorise' && payment === 'none' && !isStopped) {
      payment = 'authorised';
      report(authorised({ amount }));
    } else if (does === 'capture' && payment !== 'captured' && !isStopped) {
      if (payment === 'none') report(authorised({ amount }));
      payment = 'captured';
      left = amount.amount;
      report(captured({ amount }));
    } else if (does === 'void' && payment === 'authorised') {
      payment = 'voided';
      report(voided());
    } else if (does === 'refund' || does === 'refund-all') {
      const minor = does === 'refund-all' ? left : Math.floor((left * share) / 1000);
      if (minor > 0) refund(minor);
    } else if (does === 'refund-fails' && lastPaid !== undefined) {
      left += lastPaid.amount;
      report(refundFailed({ refundId: lastPaid.id }));
      lastPaid = undefined;
    } else if (does === 'cancel' && !isStopped && !hasLeft) {
      isStopped = true;
      report(cancelled());
    } else if (does === 'dispatch' && payment === 'captured' && !isStopped && !hasLeft && left > 0) {
      hasLeft = true;
      report(
        ...order.consignments.map((_, index) =>
          dispatched({ parcelId: idOf('parcel', index + 1), handedOverAt: at }),
        ),
      );
    }
  }
  return facts;
}

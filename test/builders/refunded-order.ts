import type { NewFact } from '../../events/all-events.ts';
import { money } from '../../shared/kernel/money.ts';
import { taxEntriesOf } from '../../shared/ledger/index.ts';
import { planInstalments } from '../../shared/payment/plan-instalments.ts';
import { authorised, captured, dispatched, paymentId, placed, released, started } from './facts.ts';
import { charge, consignment, landedCost, line } from './landed-cost.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const taxed = (lineId: string, rate: string, base: number, amount: number) =>
  charge({
    ...{ kind: 'tax', code: 'ioss-vat', lineId, rate, owedTo: 'DE:ioss' },
    ...{ base: eur(base), amount: eur(amount) },
  });

/**
 * A parcel with two rates of VAT and a duty. Three towels for 30.00, with freight of 4.00, duty of 3.00 and 19 % on
 * 37.00: 7.03. Two books for 20.00, with freight of 2.00 and 7 % on 22.00: 1.54. And a fee of 2.00 on all of it.
 */
export const towelsAndBooks = () =>
  consignment({
    lines: [
      line({ lineId: 'line-1', sku: 'TEA-TOWEL', quantity: 3, goodsValue: eur(3_000) }),
      line({ lineId: 'line-2', sku: 'BOOK', quantity: 2, goodsValue: eur(2_000) }),
    ],
    charges: [
      charge({ lineId: 'line-1', amount: eur(3_000) }),
      charge({ lineId: 'line-2', amount: eur(2_000) }),
      charge({ kind: 'shipping', code: 'shipping', lineId: 'line-1', amount: eur(400) }),
      charge({ kind: 'shipping', code: 'shipping', lineId: 'line-2', amount: eur(200) }),
      charge({ kind: 'duty', code: 'eu-duty', lineId: 'line-1', amount: eur(300), owedTo: 'DE:customs' }),
      charge({ kind: 'fee', code: 'handling', amount: eur(200), owedTo: 'DE:customs' }),
      taxed('line-1', '19', 3_700, 703),
      taxed('line-2', '7', 2_200, 154),
    ],
  });

/** 30.00 + 20.00 + 4.00 + 2.00 + 3.00 + 2.00 + 7.03 + 1.54. */
export const TOWELS_AND_BOOKS = eur(6_957);

/** The order of it, paid and handed over to the carrier. */
export const sentTowelsAndBooks = () => [
  placed({ landedCost: landedCost({ consignments: [towelsAndBooks()] }) }),
  started({ amount: TOWELS_AND_BOOKS }),
  authorised({ amount: TOWELS_AND_BOOKS }),
  released(),
  captured({ amount: TOWELS_AND_BOOKS }),
  dispatched(),
];

/** The order of it in that number of instalments, released, of which nothing was captured. */
export function towelsAndBooksInInstalments(count: number): NewFact[] {
  const plan = planInstalments(money(TOWELS_AND_BOOKS.amount, 'EUR'), {
    ...{ count, from: '2026-11-23', retryAfterDays: [] },
  });
  if (plan === undefined) throw new Error('the total is too small for that count');
  return [
    placed({
      landedCost: landedCost({ consignments: [towelsAndBooks()] }),
      payment: { paymentId, method: 'card', provider: 'stripe', plan },
    }),
    ...[started({ amount: TOWELS_AND_BOOKS }), authorised({ amount: TOWELS_AND_BOOKS }), released()],
  ];
}

/** What is to be paid over by rate: taxable amount and tax. */
export function taxLeft(facts: Parameters<typeof taxEntriesOf>[1]): Record<string, [number, number]> {
  const left: Record<string, [number, number]> = {};
  for (const { rate, taxable, tax } of taxEntriesOf([], facts).flatMap(({ amounts }) => amounts)) {
    const [base, owed] = left[rate] ?? [0, 0];
    left[rate] = [base + taxable.amountMinor, owed + tax.amountMinor];
  }
  return left;
}

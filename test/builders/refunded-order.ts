import { authorised, captured, dispatched, placed, released, started } from './facts.ts';
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

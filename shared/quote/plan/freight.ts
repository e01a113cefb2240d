import type { Charge } from '../../../events/landed-cost.ts';
import type { Lane, ShippedConsignment } from '../../freight/index.ts';
import type { Currency } from '../../kernel/currency.ts';
import { add, allocate, formatMoney, type Money, money, toJson } from '../../kernel/money.ts';
import type { BasketLine } from '../basket.ts';
import type { QuoteRates } from '../quote-rates.ts';

type Freight = Pick<ShippedConsignment, 'freight' | 'freightParts' | 'rateCardId' | 'transferParts'>;

/** The whole transport cost of a consignment in the shopper's currency: the carrier's freight, then each transfer. */
export function freightOf({ freight, transferParts }: Freight, rates: QuoteRates, currency: Currency): Money {
  return transferParts.reduce(
    (all, { amount }) => add(all, rates.convert(amount, currency)),
    rates.convert(freight, currency),
  );
}

/** The freight divided among the lines by weight, to the minor unit: the carrier's, then each transfer's. */
export function freightCharges(
  shipped: Freight,
  { carrier, service }: Lane,
  lines: readonly BasketLine[],
  { rates, currency }: { readonly rates: QuoteRates; readonly currency: Currency },
): Charge[] {
  const { freight, freightParts, rateCardId, transferParts } = shipped;
  const weights = lines.map(({ toPack }) => toPack.unitWeightGrams * toPack.quantity);
  const charges = (own: Money, of: Omit<Charge, 'kind' | 'lineId' | 'amount'>): Charge[] => {
    const converted = rates.convert(own, currency);
    const shares = allocate(converted, weights);
    const note = own.currency === currency ? '' : `; ${formatMoney(converted)} at the locked rate`;
    return lines.map(({ lineId }, index) => ({
      kind: 'shipping',
      ...of,
      lineId,
      amount: toJson(shares[index] ?? money(0, currency)),
      formula: `share by weight of ${of.formula}${note}`,
    }));
  };
  return [
    ...charges(freight, {
      code: 'shipping',
      description: `Shipping by ${carrier} ${service}`,
      formula: freightParts.map(({ formula }) => formula).join(' + '),
      ruleId: rateCardId,
      legalReference: "the carrier's rate card",
    }),
    ...transferParts.flatMap(({ fromWarehouseId, toWarehouseId, amount, formula }) =>
      charges(amount, {
        code: 'transfer',
        description: `Transfer from ${fromWarehouseId} to ${toWarehouseId}`,
        formula,
        ruleId: `transfer-${fromWarehouseId}-${toWarehouseId}`,
        legalReference: "the merchant's rate of the transfer",
      }),
    ),
  ];
}

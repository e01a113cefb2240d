import type { Charge, LandedCost, PlannedConsignment, Totals } from '../../../events/landed-cost.ts';
import { switchesOf } from '../../duties/index.ts';
import type { Currency } from '../../kernel/currency.ts';
import { fromJson, sum, toJson } from '../../kernel/money.ts';
import type { CostingContext } from '../pricing-input.ts';

/** The landed cost of a plan: its consignments, the rules and rates of the figures, and the totals. */
export function landedCostOf(
  { request, rules, rates, seller, date, slot }: CostingContext,
  consignments: PlannedConsignment[],
  planSearch: 'exact' | 'heuristic',
): LandedCost {
  const { incoterm, currency, destination } = request;
  return {
    incoterm,
    currency,
    destination,
    ruleSet: {
      version: rules.version,
      date,
      switches: switchesOf(seller.switches),
      ...editionsOf(consignments),
    },
    ...rates.asKept(),
    ...(slot === undefined ? {} : { deliverySlot: slot.quoted }),
    planSearch,
    ...codesToComplete(consignments),
    consignments,
    totals: totalsOf(
      consignments.flatMap(({ charges }) => charges),
      currency,
    ),
  };
}

/** The editions of tariffs that rates are from; absent where none is. */
function editionsOf(consignments: readonly PlannedConsignment[]): Pick<LandedCost['ruleSet'], 'editions'> {
  const used = consignments.flatMap(({ charges }) =>
    charges.flatMap((each) => each.tariffLine?.edition ?? []),
  );
  return used.length === 0 ? {} : { editions: [...new Set(used)].toSorted() };
}

/** The goods whose rate was chosen among several by the seller's policy; absent where there are none. */
function codesToComplete(consignments: readonly PlannedConsignment[]): Pick<LandedCost, 'wantsLongerCode'> {
  const wanted = consignments.flatMap(({ charges, lines }) =>
    charges.flatMap(({ lineId, rateRange, tariffLine }) => {
      const line = lines.find((each) => each.lineId === lineId);
      if (line === undefined || rateRange === undefined || tariffLine === undefined) return [];
      const { sku, hsCode } = line;
      return [{ lineId: line.lineId, sku, hsCode, used: tariffLine.code, ...rateRange }];
    }),
  );
  return wanted.length === 0 ? {} : { wantsLongerCode: wanted };
}

function totalsOf(charges: readonly Charge[], currency: Currency): Totals {
  const of = (kinds: readonly Charge['kind'][], all = charges) =>
    toJson(
      sum(
        all.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => fromJson(amount)),
        currency,
      ),
    );
  const collected = charges.filter(({ collectedOnDelivery }) => collectedOnDelivery !== true);
  return {
    goods: of(['goods']),
    shipping: of(['shipping']),
    duty: of(['duty']),
    tax: of(['tax']),
    fees: of(['fee']),
    total: of(['goods', 'shipping', 'duty', 'tax', 'fee'], collected),
  };
}

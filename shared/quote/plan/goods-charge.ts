import type { Charge } from '../../../events/landed-cost.ts';
import { toJson } from '../../kernel/money.ts';
import type { BasketLine } from '../basket.ts';

/** The price of a line's goods. */
export function goodsCharge({ lineId, goods, base, formula, toAssess }: BasketLine): Charge {
  return {
    kind: 'goods',
    code: 'goods',
    description: toAssess.description,
    lineId,
    amount: toJson(goods),
    ...(base === undefined ? {} : { base: toJson(base) }),
    formula,
    ruleId: 'price-list',
    legalReference: "the merchant's price list",
  };
}

import type { Charge, ConsignmentLine } from '../../../events/landed-cost.ts';
import type { Assessed, LineToAssess } from '../../duties/index.ts';
import { defined } from '../../kernel/defined.ts';
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

/** A line as the quote keeps it: with the code of its declaration, where its own is too short for one. */
export function asQuoted(
  { originProofs: _proofs, ...line }: LineToAssess,
  codes: Assessed['declaredCodes'],
): ConsignmentLine {
  return { ...line, ...defined({ declaredCode: codes?.[line.lineId] }) };
}

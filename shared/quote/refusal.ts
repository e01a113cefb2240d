import type { FieldProblem } from '../kernel/problem.ts';

/** Why a basket can't be priced: a code, with the fields that caused it. */
export interface QuoteRefusal {
  readonly reason:
    | 'unknown-sku'
    | 'unsupported-destination'
    | 'unsupported-currency'
    | 'no-payment-method'
    | 'stale-rates'
    | 'not-in-stock'
    | 'no-lane'
    | 'carrier-down'
    | 'unclassified'
    | 'not-registered'
    | 'restricted-goods'
    | 'no-declarant'
    | 'trade-defence'
    | 'not-supported'
    | 'too-large'
    | 'nothing-to-pay'
    | 'too-many-units'
    | 'slot-unknown'
    | 'slot-closed'
    | 'slot-elsewhere'
    | 'slot-of-other-carrier'
    | 'slot-before-promise';
  readonly problems: readonly FieldProblem[];
}

export function refusal(
  reason: QuoteRefusal['reason'],
  ...problems: readonly (readonly [pointer: string, detail: string])[]
): QuoteRefusal {
  return { reason, problems: problems.map(([pointer, detail]) => ({ pointer, code: reason, detail })) };
}

import type { ReachedLimit } from '../catalogue/index.ts';
import type { FieldProblem } from '../kernel/problem.ts';

/** Why a held place can't become the order's: it does not exist, it has expired, or it does not fit the order. */
export type SlotHoldRefusal =
  | 'slot-hold-unknown'
  | 'slot-hold-expired'
  | 'slot-elsewhere'
  | 'slot-of-other-carrier'
  | 'slot-before-promise'
  | 'slot-not-quoted';

/** Why an order is not placed. Nothing is written then. */
export type PlaceOrderRefusal =
  | {
      readonly reason:
        | 'key-reused'
        | 'quote-unknown'
        | 'quote-expired'
        | 'quote-consumed'
        | 'option-unknown'
        | 'postal-code-not-quoted'
        | 'method-not-offered'
        | 'instalments-not-offered'
        | 'too-much-cash'
        | 'contended'
        | SlotHoldRefusal
        | 'slot-hold-needed'
        | 'slot-before-payment';
    }
  | { readonly reason: 'too-many-unpaid' | 'too-many-free'; readonly limit: ReachedLimit }
  | { readonly reason: 'stock-gone'; readonly skus: readonly string[] }
  | { readonly reason: 'warehouse-closed'; readonly warehouseIds: readonly string[] }
  | { readonly reason: 'address-elsewhere'; readonly quoted: string }
  | { readonly reason: 'carrier-needs' | 'payer-needs'; readonly problems: readonly FieldProblem[] }
  | { readonly reason: 'territory'; readonly field: string; readonly detail: string }
  | { readonly reason: 'tax-id-needed'; readonly number: string };

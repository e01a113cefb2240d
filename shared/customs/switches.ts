import type { Switches } from '../../events/landed-cost.ts';

/**
 * Questions of law that are not settled, as a merchant answers them. The defaults:
 *
 * - `euFlatDutyScope`: `all-distance-sales`. The text of Reg. (EU) 2026/382 Art. 2 reads as goods under IOSS or in
 *   the post alone; the guidance of the Commission and Del. Reg. (EU) 2026/1022 as all distance sales up to
 *   EUR 150, which is how operators apply it.
 * - `iossVatOnRechargedDuty`: true. Directive 2006/112/EC Art. 78(a) has duties and charges in the taxable
 *   amount; the Commission's guidance leaves it open. It covers the handling fee as well.
 * - `unionHandlingFee`: `pending`. The fee was expected from 2026-11-01; that it began isn't confirmed. `active`
 *   levies it from that day.
 */
export const defaultSwitches: Switches = {
  euFlatDutyScope: 'all-distance-sales',
  iossVatOnRechargedDuty: true,
  unionHandlingFee: 'pending',
};

/** The merchant's own answers over the defaults. */
export function switchesOf(
  own: { readonly [Key in keyof Switches]?: Switches[Key] | undefined } = {},
): Switches {
  return {
    euFlatDutyScope: own.euFlatDutyScope ?? defaultSwitches.euFlatDutyScope,
    iossVatOnRechargedDuty: own.iossVatOnRechargedDuty ?? defaultSwitches.iossVatOnRechargedDuty,
    unionHandlingFee: own.unionHandlingFee ?? defaultSwitches.unionHandlingFee,
  };
}

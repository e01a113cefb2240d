import type { Switches } from '../../events/landed-cost.ts';

/** An answer to every question. */
export type SwitchesAnswered = { readonly [Key in keyof Switches]-?: NonNullable<Switches[Key]> };

/**
 * Questions of law that are not settled, as a merchant answers them. The defaults:
 *
 * - `euFlatDutyScope`: `all-distance-sales`. The text of Reg. (EU) 2026/382 Art. 2 reads as goods under IOSS or in
 *   the post alone; the guidance of the Commission and Del. Reg. (EU) 2026/1022 as all distance sales up to
 *   EUR 150, which is how operators apply it.
 * - `euFlatDutyItem`: `subheading`. Goods of one subheading and origin are one item, so that two colours of one
 *   T-shirt bear EUR 3 together. The published example is that five T-shirts are one item and a T-shirt with a watch
 *   two, by tariff classification and not by quantity. `description`: goods with another description are another
 *   item, as customs' guidance on a line of the declaration is reported.
 * - `iossVatOnRechargedDuty`: true. Directive 2006/112/EC Art. 78(a) has duties and charges in the taxable
 *   amount; the Commission's guidance leaves it open. It covers the handling fee as well.
 * - `unionHandlingFee`: `pending`. The fee was expected from 2026-11-01; that it began isn't confirmed. `active`
 *   levies it from that day.
 * - `brDeductionOutsideProgramme`: `none`. Lei 14.902/2024 deducts USD 20 over USD 50 from 2024-08-01 to
 *   2026-05-11; whether outside Remessa Conforme too is read differently.
 * - `clUnregisteredDuty`: `refused`. That IVA is due at the border is certain; whether goods up to USD 500 of a
 *   seller who isn't registered with the SII bear the general duty of 6 % is not clear: sources disagree.
 * - `usSection301OtherPlastics`: `refused`. U.S. note 20(s) lists line 3926.90.99, phone cases among it, at 7.5 %, as
 *   the edition of the list has it; secondary sources say 25 % of some statistical lines. An answer holds before the
 *   edition.
 */
export const defaultSwitches: SwitchesAnswered = {
  euFlatDutyScope: 'all-distance-sales',
  euFlatDutyItem: 'subheading',
  iossVatOnRechargedDuty: true,
  unionHandlingFee: 'pending',
  brDeductionOutsideProgramme: 'none',
  clUnregisteredDuty: 'refused',
  usSection301OtherPlastics: 'refused',
};

/**
 * The merchant's answers, with the defaults where it gave none. Each field is written out because this runs for every
 * plan of a search.
 */
export function switchesOf(
  own: { readonly [Key in keyof Switches]?: Switches[Key] | undefined } = {},
): SwitchesAnswered {
  return {
    euFlatDutyScope: own.euFlatDutyScope ?? defaultSwitches.euFlatDutyScope,
    euFlatDutyItem: own.euFlatDutyItem ?? defaultSwitches.euFlatDutyItem,
    iossVatOnRechargedDuty: own.iossVatOnRechargedDuty ?? defaultSwitches.iossVatOnRechargedDuty,
    unionHandlingFee: own.unionHandlingFee ?? defaultSwitches.unionHandlingFee,
    brDeductionOutsideProgramme:
      own.brDeductionOutsideProgramme ?? defaultSwitches.brDeductionOutsideProgramme,
    clUnregisteredDuty: own.clUnregisteredDuty ?? defaultSwitches.clUnregisteredDuty,
    usSection301OtherPlastics: own.usSection301OtherPlastics ?? defaultSwitches.usSection301OtherPlastics,
  };
}

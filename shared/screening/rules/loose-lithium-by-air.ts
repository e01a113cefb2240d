import { crossesCustomsBorder } from '../../kernel/country.ts';
import { pass, refuse, type ScreeningRule } from '../rule.ts';

/** Harmonized System: 8507.60 lithium-ion accumulators (power banks among them), 8506.50 lithium primary cells. */
const LOOSE = [
  { hs6: '850760', instruction: 'IATA packing instruction 965, section II withdrawn 2022-04-01 (UN 3480)' },
  { hs6: '850650', instruction: 'IATA packing instruction 968, section II withdrawn 2022-04-01 (UN 3090)' },
];

/**
 * Loose lithium batteries fly on cargo aircraft only, packed by trained shippers: no parcel service takes
 * them. What crosses a customs border is taken to fly, since carriers choose the way and not we. Batteries in
 * or with equipment are classified as the equipment and are not meant.
 */
export const looseLithiumByAir: ScreeningRule = {
  ruleId: 'iata-pi-965-968-loose-lithium',
  check: ({ landedCost }) => {
    const flown = landedCost.consignments.filter(({ shipFrom }) =>
      crossesCustomsBorder(shipFrom, landedCost.destination.country),
    );
    for (const { sku, hsCode } of flown.flatMap(({ lines }) => lines)) {
      const digits = hsCode.replaceAll(/\D/g, '');
      const barred = LOOSE.find(({ hs6 }) => digits.startsWith(hs6));
      if (barred !== undefined) return refuse(`${sku}: ${barred.instruction}`);
    }
    return pass('no loose lithium batteries by air');
  },
};

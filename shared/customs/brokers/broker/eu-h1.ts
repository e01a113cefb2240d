import type { Declaration } from '../../broker.ts';
import { chargesOf, type Declarant, headerOf, itemOf, moneyOf, valuationMethodOf } from './elements.ts';
import type { WireDeclaration } from './wire.ts';

/**
 * EU H1, release for free circulation with the full data set: Delegated Regulation (EU) 2015/2446, Annex B, as
 * replaced by 2021/234. The comments beside the members give the element numbers.
 */
export function buildEuH1(declaration: Declaration, declarant: Declarant): WireDeclaration {
  const { fiscalReference } = declaration;
  return {
    ...headerOf(declaration, declarant), // 12 09, 13 01, 13 04, 13 05, 12 05, 14 01, 16 03, 16 06, 18 04
    declarationType: 'IM', // 11 01
    additionalDeclarationType: 'D', // 11 02: lodged before the goods are presented
    ...(fiscalReference !== undefined && {
      additionalFiscalReferences: [{ role: fiscalReference.role, id: fiscalReference.number }], // 13 16
    }),
    items: declaration.items.map((item) => ({
      ...itemOf(declaration, item, 10), // 11 03, 16 08, 18 01, 18 04, 18 05, 18 06, 18 09: CN8 or TARIC10
      procedure: '4000', // 11 09: free circulation without previous procedure
      additionalProcedures: ['000'], // 11 10: none applies
      itemPrice: moneyOf(item.intrinsicValue), // 14 08
      // 14 11: 500 claims the flat duty. The broker writes other preferences from the proof of origin.
      ...(item.bearsFlatDuty === true && { preference: '500' }),
      valuationMethod: valuationMethodOf(item), // 14 10
      charges: chargesOf({ A00: item.duty, B00: item.tax }), // 14 03
    })),
    charges: [],
  };
}

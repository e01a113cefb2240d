import type { Declaration } from '../../broker.ts';
import { chargesOf, type Declarant, headerOf, itemOf, moneyOf, valuationMethodOf } from './elements.ts';
import type { WireDeclaration } from './wire.ts';

/**
 * GB H1, release for free circulation with the full data set: Customs Declaration Service, import declaration
 * completion guide, appendix 21A. The comments beside the members give the element numbers.
 */
export function buildGbH1(declaration: Declaration, declarant: Declarant): WireDeclaration {
  const { fiscalReference } = declaration;
  return {
    ...headerOf(declaration, declarant), // 2/5, 3/1, 3/15, 3/18, 4/1, 4/9, 5/8, 5/14, 6/5
    declarationType: 'IM', // 1/1
    additionalDeclarationType: 'D', // 1/2: lodged before arrival
    ...(fiscalReference !== undefined && {
      additionalFiscalReferences: [{ role: fiscalReference.role, id: fiscalReference.number }], // 3/40
    }),
    items: declaration.items.map((item) => ({
      ...itemOf(declaration, item, 10), // 1/6, 5/15, 6/1, 6/5, 6/8, 6/10, 6/14
      procedure: '4000', // 1/10: free circulation without previous procedure
      additionalProcedures: ['000'], // 1/11: none applies
      itemPrice: moneyOf(item.intrinsicValue), // 4/14
      valuationMethod: valuationMethodOf(item), // 4/16
      charges: chargesOf({ A00: item.duty, B00: item.tax }), // 4/3
    })),
    charges: [],
  };
}

import type { Declaration } from '../../broker.ts';
import { chargesOf, type Declarant, headerOf, itemOf, moneyOf } from './elements.ts';
import type { WireDeclaration } from './wire.ts';

/**
 * GB H7, the super-reduced data set for goods up to GBP 135: Customs Declaration Service, import declaration
 * completion guide, appendix 21H (28 February 2025). The comments beside the members give the element numbers.
 */
export function buildGbH7(declaration: Declaration, declarant: Declarant): WireDeclaration {
  const { fiscalReference } = declaration;
  return {
    ...headerOf(declaration, declarant), // 2/5 LRN, 3/1 exporter, 3/15 importer, 3/18 declarant, 4/19, 6/5
    declarationType: 'IM', // 1/1
    additionalDeclarationType: 'D', // 1/2: lodged before arrival
    ...(fiscalReference !== undefined && {
      additionalFiscalReferences: [{ role: fiscalReference.role, id: fiscalReference.number }], // 3/40
    }),
    items: declaration.items.map((item) => ({
      ...itemOf(declaration, item, 10), // 1/6, 6/5, 6/8, 6/10, 6/14
      procedure: '4000', // 1/10: free circulation without previous procedure
      additionalProcedures: ['C07'], // 1/11: consignment of low value
      intrinsicValue: moneyOf(item.intrinsicValue), // 4/18
      // 4/3: VAT on goods up to GBP 135 was charged at the point of sale, under the number in 3/40.
      charges: chargesOf(
        fiscalReference === undefined ? { A00: item.duty, B00: item.tax } : { A00: item.duty },
      ),
    })),
    charges: [],
  };
}

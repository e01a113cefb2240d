import type { Declaration } from '../../broker.ts';
import { chargesOf, type Declarant, headerOf, itemOf, moneyOf } from './elements.ts';
import type { WireDeclaration } from './wire.ts';

/**
 * The import declaration for a country that has no data set of its own here. We send the elements of the import data
 * model of the World Customs Organization, with the duty and tax that we computed. The broker fills in the form of the
 * country. If the tax was charged at the sale, the seller's tax number is included, so that customs does not charge
 * the tax again.
 */
export function buildImportElsewhere(declaration: Declaration, declarant: Declarant): WireDeclaration {
  const { fiscalReference } = declaration;
  return {
    ...headerOf(declaration, declarant),
    declarationType: 'IM',
    additionalDeclarationType: 'D', // lodged before the goods arrive
    ...(fiscalReference !== undefined && {
      additionalFiscalReferences: [{ role: fiscalReference.role, id: fiscalReference.number }],
    }),
    items: declaration.items.map((item) => ({
      ...itemOf(declaration, item, 10),
      itemPrice: moneyOf(item.intrinsicValue),
      charges: chargesOf(
        fiscalReference === undefined ? { DUTY: item.duty, TAX: item.tax } : { DUTY: item.duty },
      ),
    })),
    charges: chargesOf({ FEE: declaration.totals.fees }),
  };
}

import type { Declaration } from '../../broker.ts';
import { chargesOf, type Declarant, headerOf, itemOf, moneyOf, partyOf } from './elements.ts';
import { writeManufacturerId } from './manufacturer-id.ts';
import type { WireDeclaration } from './wire.ts';

/**
 * An entry in the United States: type 11 (informal, up to USD 2,500: 19 CFR 143.21) or type 01 (formal). The comments
 * beside the members give the block numbers of CBP form 7501.
 */
export function buildUsEntry(declaration: Declaration, declarant: Declarant): WireDeclaration {
  return {
    ...headerOf(declaration, declarant), // 8 carrier, 12 waybill, 14 exporting country, 23 and 26 importer of record
    consignee: partyOf(declaration.consignee), // 25
    items: declaration.items.map((item) => ({
      ...itemOf(declaration, item, 10), // 10, 27, 28, 29 (HTSUS), 30, 31
      itemPrice: moneyOf(item.intrinsicValue), // 32
      manufacturerId: item.manufacturerId ?? writeManufacturerId(declaration.exporter), // 13
      charges: chargesOf({ DUTY: item.duty }), // 34
    })),
    // 39: the merchandise processing fee (class code 499) is charged on the entry as a whole.
    charges: chargesOf({ 499: declaration.totals.fees }),
  };
}

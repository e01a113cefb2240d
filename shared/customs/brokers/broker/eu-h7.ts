import type { Instant } from '../../../kernel/time.ts';
import { calendarDateIn } from '../../../kernel/zoned-time.ts';
import type { Declaration } from '../../broker.ts';
import { chargesOf, type Declarant, headerOf, itemOf, moneyOf } from './elements.ts';
import type { WireDeclaration } from './wire.ts';

/**
 * EU H7, the reduced data set for goods up to EUR 150 of intrinsic value: Delegated Regulation (EU) 2015/2446,
 * Annex B, as replaced by 2021/234. The comments beside the members give the element numbers.
 */
export function buildEuH7(declaration: Declaration, declarant: Declarant, filedAt: Instant): WireDeclaration {
  const { fiscalReference } = declaration;
  const isIoss = fiscalReference?.role === 'FR5';
  return {
    ...headerOf(declaration, declarant), // 12 09 LRN, 13 01, 13 04, 13 05, 12 05, 14 15, 18 04
    declarationType: 'IM', // 11 01
    additionalDeclarationType: 'D', // 11 02: lodged before the goods are presented
    ...(fiscalReference !== undefined && {
      // 13 16: role 13 16 031 and number 13 16 034, one for the goods shipment
      additionalFiscalReferences: [{ role: fiscalReference.role, id: fiscalReference.number }],
    }),
    items: declaration.items.map((item) => ({
      ...itemOf(declaration, item, 6), // 11 03, 18 04, 18 05, 18 06, 18 09 056: the six digits of the HS
      additionalProcedures: additionalProcedures(isIoss, filedAt), // 11 10
      intrinsicValue: moneyOf(item.intrinsicValue), // 14 14
      // 14 03: under IOSS the shopper pays VAT at checkout. The IOSS return reports that VAT, so it is left out here.
      charges: chargesOf(isIoss ? { A00: item.duty } : { A00: item.duty, B00: item.tax }),
    })),
    charges: [],
  };
}

/** The first day of the flat duty: Regulation (EU) 2026/382, Implementing Regulation (EU) 2026/1200. */
const FLAT_DUTY_FROM = '2026-07-01';

/**
 * Before the flat duty began, C07 claimed the relief from duty; under IOSS, F48 was added to C07. From that day on, F48
 * is sent alone under IOSS, and F53 otherwise: VAT is then due at the border in the ordinary way. F49 (special
 * arrangements) isn't used.
 */
function additionalProcedures(isIoss: boolean, filedAt: Instant): readonly string[] {
  const relieved = calendarDateIn('Europe/Brussels', filedAt) < FLAT_DUTY_FROM;
  if (relieved) return isIoss ? ['C07', 'F48'] : ['C07'];
  return isIoss ? ['F48'] : ['F53'];
}

import type { OfferingProvider } from '../offers.ts';
import type { SettlementFile } from '../settlement-row.ts';
import { cashOffer } from './cash-offer.ts';
import { remittanceFile } from './remittance-file.ts';

/** Cash on delivery with its settlements, which are the carriers' remittances. */
export const cashOnDelivery: OfferingProvider & { readonly settlementFile: SettlementFile } = {
  ...cashOffer,
  settlementFile: remittanceFile,
};

import type { Country } from '../kernel/country.ts';
import type { SellerRegistrations } from './regime.ts';

/**
 * The merchant's number, where the merchant is the importer of record and owes the duty: under DDP in the countries in
 * which it has an importer number. Undefined: the consignee imports. In the United States the owner or purchaser, or
 * who brings the goods in, may make entry under a number of its own (19 USC 1484, 19 CFR 24.5). In the Union and in
 * Great Britain the merchant's EORI is that of the declarant, who acts for the consignee. Quote, label and declaration
 * read this rule here.
 */
export function importerOfRecord(
  { importer }: Pick<SellerRegistrations, 'importer'>,
  country: Country,
  incoterm: 'DDP' | 'DAP',
): string | undefined {
  return country === 'US' && incoterm === 'DDP' ? importer?.US : undefined;
}

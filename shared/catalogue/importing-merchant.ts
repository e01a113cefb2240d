import { importerOfRecord } from '../duties/index.ts';
import type { Country } from '../kernel/country.ts';
import type { Seller } from './seller.ts';

/** The merchant as the importer of record, as the label and the declaration of a parcel name it. */
interface ImportingMerchant {
  readonly name: string;
  /** Its importer number in the destination. */
  readonly identification: string;
  /** Its seat. Undefined where none was stored. */
  readonly address: Seller['address'];
}

/** The merchant where it is the importer of record of a parcel; undefined: the consignee imports. */
export function importingMerchant(
  { importer, name, address }: Pick<Seller, 'importer' | 'name' | 'address'>,
  country: Country,
  incoterm: 'DDP' | 'DAP',
): ImportingMerchant | undefined {
  const identification = importerOfRecord({ importer }, country, incoterm);
  return identification === undefined ? undefined : { name, identification, address };
}

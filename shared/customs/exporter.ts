import type { Seller, Warehouse } from '../catalogue/index.ts';
import type { DeclarationParty } from './broker.ts';

/** The exporter of goods from the warehouse: the merchant, at the warehouse's address. */
export function exporterAt(
  { address }: Pick<Warehouse, 'address'>,
  { name }: Pick<Seller, 'name'>,
): DeclarationParty {
  const { line1, line2, city, region, postalCode, country } = address;
  return { name, line1, line2, city, region, postalCode, country };
}

import { XMLBuilder } from 'fast-xml-parser';
import type { Seller } from '../../../catalogue/index.ts';
import type { Supplier } from '../supplier.ts';

const NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd';

const builder = new XMLBuilder({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', textNodeName: '#', format: true, indentBy: '  ' },
  suppressEmptyNode: true,
});

/** A document of UBL 2.1 as text. Its elements have to be in the order of its schema. */
export const ublDocument = (type: 'Order' | 'OrderCancellation', elements: object): string =>
  builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    [type]: {
      '@xmlns': `${NAMESPACE}:${type}-2`,
      '@xmlns:cac': `${NAMESPACE}:CommonAggregateComponents-2`,
      '@xmlns:cbc': `${NAMESPACE}:CommonBasicComponents-2`,
      'cbc:UBLVersionID': '2.1',
      ...elements,
    },
  });

/** The buyer and the seller of a document, in the order of its schema. */
export const partiesOf = (
  seller: Pick<Seller, 'name' | 'address'> | undefined,
  supplier: Pick<Supplier, 'supplierId' | 'name'>,
) => ({
  'cac:BuyerCustomerParty': {
    'cac:Party': {
      'cac:PartyName': { 'cbc:Name': seller?.name ?? 'The buyer' },
      ...(seller?.address === undefined ? {} : { 'cac:PostalAddress': addressOf(seller.address) }),
    },
  },
  'cac:SellerSupplierParty': {
    'cac:Party': {
      'cac:PartyIdentification': { 'cbc:ID': supplier.supplierId },
      'cac:PartyName': { 'cbc:Name': supplier.name },
    },
  },
});

interface Address {
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country: string;
}

export const addressOf = ({ line1, line2, city, region, postalCode, country }: Address) => ({
  'cbc:StreetName': line1,
  ...(line2 === undefined ? {} : { 'cbc:AdditionalStreetName': line2 }),
  'cbc:CityName': city,
  ...(postalCode === undefined ? {} : { 'cbc:PostalZone': postalCode }),
  ...(region === undefined ? {} : { 'cbc:CountrySubentity': region }),
  'cac:Country': { 'cbc:IdentificationCode': country },
});

import { XMLBuilder } from 'fast-xml-parser';
import type { Seller, Warehouse } from '../../../catalogue/index.ts';
import { minorDigits } from '../../../kernel/currency.ts';
import { invariant } from '../../../kernel/invariant.ts';
import type { MoneyJson } from '../../../kernel/money.ts';
import type { OrderState } from '../order-state.ts';
import { offerOf, type Supplier } from '../supplier.ts';

/** A purchase order as its supplier gets it. */
export interface OrderDocument {
  /** The same for every repeat: by it the supplier recognises what it has. */
  readonly messageId: string;
  readonly supplierId: string;
  /** UBL 2.1, UTF-8. */
  readonly xml: string;
}

export interface OrderParties {
  readonly supplier: Supplier;
  /** The buyer; a name alone where no registration is stored. */
  readonly seller: Pick<Seller, 'name' | 'address'> | undefined;
  readonly warehouse: Warehouse;
  /** What the products are called, by SKU. */
  readonly descriptions: ReadonlyMap<string, string>;
}

const NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd';
/** UN/ECE Recommendation 20: one piece. */
const PIECE = 'C62';

const builder = new XMLBuilder({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', textNodeName: '#', format: true, indentBy: '  ' },
  suppressEmptyNode: true,
});

/**
 * A purchase order as UBL 2.1 (OASIS Standard of 2013-11-04, document type Order). The elements are in the order of its
 * schema. Amounts are decimals of the currency. The same order gives the same text.
 */
export function orderDocument(state: OrderState, parties: OrderParties): OrderDocument {
  const { replenishmentOrderId, total, proposedAt, expectedAt, lines } = state;
  const { supplier, seller, warehouse, descriptions } = parties;
  invariant(total !== undefined, 'a purchase order has a total', { replenishmentOrderId });
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Order: {
      '@xmlns': `${NAMESPACE}:Order-2`,
      '@xmlns:cac': `${NAMESPACE}:CommonAggregateComponents-2`,
      '@xmlns:cbc': `${NAMESPACE}:CommonBasicComponents-2`,
      'cbc:UBLVersionID': '2.1',
      'cbc:ID': replenishmentOrderId,
      'cbc:IssueDate': proposedAt.slice(0, 10),
      'cbc:DocumentCurrencyCode': total.currency,
      'cbc:LineCountNumeric': String(lines.length),
      'cac:BuyerCustomerParty': { 'cac:Party': buyerOf(seller) },
      'cac:SellerSupplierParty': {
        'cac:Party': {
          'cac:PartyIdentification': { 'cbc:ID': supplier.supplierId },
          'cac:PartyName': { 'cbc:Name': supplier.name },
        },
      },
      'cac:Delivery': {
        'cac:DeliveryAddress': addressOf(warehouse.address),
        'cac:RequestedDeliveryPeriod': { 'cbc:EndDate': expectedAt.slice(0, 10) },
      },
      'cac:AnticipatedMonetaryTotal': {
        'cbc:LineExtensionAmount': amountOf(total),
        'cbc:PayableAmount': amountOf(total),
      },
      'cac:OrderLine': lines.map(({ sku, ordered, unitPrice }, index) => {
        invariant(unitPrice !== undefined, 'a line of a purchase has a price', { sku });
        const supplierSku = offerOf(supplier, sku)?.supplierSku;
        return {
          'cac:LineItem': {
            'cbc:ID': String(index + 1),
            'cbc:Quantity': { '@unitCode': PIECE, '#': String(ordered) },
            'cbc:LineExtensionAmount': amountOf({ ...unitPrice, amount: unitPrice.amount * ordered }),
            'cac:Price': { 'cbc:PriceAmount': amountOf(unitPrice) },
            'cac:Item': {
              'cbc:Name': descriptions.get(sku) ?? sku,
              'cac:BuyersItemIdentification': { 'cbc:ID': sku },
              ...(supplierSku === undefined
                ? {}
                : { 'cac:SellersItemIdentification': { 'cbc:ID': supplierSku } }),
            },
          },
        };
      }),
    },
  };
  const xml = builder.build(document);
  return { messageId: replenishmentOrderId, supplierId: supplier.supplierId, xml };
}

const buyerOf = (seller: OrderParties['seller']) => ({
  'cac:PartyName': { 'cbc:Name': seller?.name ?? 'The buyer' },
  ...(seller?.address === undefined ? {} : { 'cac:PostalAddress': addressOf(seller.address) }),
});

interface Address {
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country: string;
}

const addressOf = ({ line1, line2, city, region, postalCode, country }: Address) => ({
  'cbc:StreetName': line1,
  ...(line2 === undefined ? {} : { 'cbc:AdditionalStreetName': line2 }),
  'cbc:CityName': city,
  ...(postalCode === undefined ? {} : { 'cbc:PostalZone': postalCode }),
  ...(region === undefined ? {} : { 'cbc:CountrySubentity': region }),
  'cac:Country': { 'cbc:IdentificationCode': country },
});

const amountOf = (amount: MoneyJson) => ({ '@currencyID': amount.currency, '#': decimalOf(amount) });

/** The amount in units of the currency, with all its digits. */
function decimalOf({ amount, currency }: MoneyJson): string {
  const digits = minorDigits(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

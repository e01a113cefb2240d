import type { Seller, Warehouse } from '../../../catalogue/index.ts';
import { minorDigits } from '../../../kernel/currency.ts';
import { invariant } from '../../../kernel/invariant.ts';
import type { MoneyJson } from '../../../kernel/money.ts';
import type { OrderState } from '../order-state.ts';
import { offerOf, type Supplier } from '../supplier.ts';
import { addressOf, partiesOf, ublDocument } from './ubl.ts';

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

/** UN/ECE Recommendation 20: one piece. */
const PIECE = 'C62';

/**
 * A purchase order as UBL 2.1 (OASIS Standard of 2013-11-04, document type Order). The elements are in the order of its
 * schema. Amounts are decimals of the currency. The same order gives the same text.
 */
export function orderDocument(state: OrderState, parties: OrderParties): OrderDocument {
  const { replenishmentOrderId, total, proposedAt, expectedAt, lines } = state;
  const { supplier, seller, warehouse, descriptions } = parties;
  invariant(total !== undefined, 'a purchase order has a total', { replenishmentOrderId });
  const xml = ublDocument('Order', {
    'cbc:ID': replenishmentOrderId,
    'cbc:IssueDate': proposedAt.slice(0, 10),
    'cbc:DocumentCurrencyCode': total.currency,
    'cbc:LineCountNumeric': String(lines.length),
    ...partiesOf(seller, supplier),
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
  });
  return { messageId: replenishmentOrderId, supplierId: supplier.supplierId, xml };
}

const amountOf = (amount: MoneyJson) => ({ '@currencyID': amount.currency, '#': decimalOf(amount) });

/** The amount in units of the currency, with all its digits. */
function decimalOf({ amount, currency }: MoneyJson): string {
  const digits = minorDigits(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

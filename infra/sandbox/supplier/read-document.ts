import { XMLParser } from 'fast-xml-parser';

/** A line of an order, as the supplier needs it. */
export interface OrderedLine {
  readonly lineNumber: number;
  readonly sku: string;
  readonly units: number;
  /** All of its texts, in which magic words are looked for. */
  readonly words: string;
}

/** An order of the buyer, or its cancellation. */
export type BuyersDocument =
  | {
      readonly kind: 'order';
      readonly orderId: string;
      /** The day on which the goods should be there. */
      readonly wantedOn: string;
      readonly lines: readonly OrderedLine[];
    }
  | { readonly kind: 'cancellation'; readonly orderId: string };

const parser = new XMLParser({
  ...{ removeNSPrefix: true, parseTagValue: false, isArray: (name: string) => name === 'OrderLine' },
});

interface Line {
  readonly LineItem: {
    readonly ID: string;
    readonly Quantity: string;
    readonly Item: {
      readonly Name: string;
      readonly BuyersItemIdentification: { readonly ID: string };
      readonly SellersItemIdentification?: { readonly ID: string };
    };
  };
}

/** Reads an Order or an OrderCancellation of UBL 2.1; undefined for anything else. */
export function readDocument(xml: string): BuyersDocument | undefined {
  try {
    const { Order, OrderCancellation } = parser.parse(xml, true);
    if (OrderCancellation !== undefined)
      return { kind: 'cancellation', orderId: String(OrderCancellation.OrderReference.ID) };
    const lines = (Order.OrderLine as readonly Line[]).map(({ LineItem: { ID, Quantity, Item } }) => ({
      ...{ lineNumber: Number(ID), units: Number(Quantity), sku: Item.BuyersItemIdentification.ID },
      words: [Item.Name, Item.BuyersItemIdentification.ID, Item.SellersItemIdentification?.ID].join(' '),
    }));
    const wantedOn = String(Order.Delivery.RequestedDeliveryPeriod.EndDate);
    return { kind: 'order', orderId: String(Order.ID), wantedOn, lines };
  } catch {
    // It is not well-formed, or lacks what every order has: the caller refuses it.
    return undefined;
  }
}

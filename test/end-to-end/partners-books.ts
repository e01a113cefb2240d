import type { Partners } from '../../infra/sandbox/start-partners.ts';

type Held = Readonly<Record<string, unknown>>;

/** The objects of a kind that a partner has, read from its own books. */
async function held(url: string, kind: string): Promise<Held[]> {
  const response = await fetch(`${url}/_sandbox/objects/${kind}`);
  if (!response.ok) throw new Error(`${kind}: ${response.status}`);
  const answer = (await response.json()) as { objects?: Held[] } | Held[];
  return Array.isArray(answer) ? answer : (answer.objects ?? []);
}

function urlOf(urls: Partners['urls'], code: string): string {
  const url = urls[code];
  if (url === undefined) throw new Error(`no address of ${code}`);
  return url;
}

export interface PartnersBooks {
  readonly intents: Held[];
  readonly refunds: Held[];
  readonly shipments: Held[];
  readonly declarations: Held[];
  readonly dispatchOrders: Held[];
}

/** The entries of the partners' books that name one of these references of an order. */
export async function booksOf(urls: Partners['urls'], references: readonly string[]): Promise<PartnersBooks> {
  const about = (objects: Held[]) =>
    objects.filter((object) => references.some((reference) => JSON.stringify(object).includes(reference)));
  const [intents, refunds, shipments, declarations, dispatchOrders] = await Promise.all([
    held(urlOf(urls, 'stripe'), 'stripe.payment_intent'),
    held(urlOf(urls, 'stripe'), 'stripe.refund'),
    held(urlOf(urls, 'easypost'), 'easypost.shipment'),
    held(urlOf(urls, 'broker'), 'broker.declaration'),
    held(urlOf(urls, 'wms'), 'wms.order'),
  ]);
  return {
    intents: about(intents),
    refunds: about(refunds),
    shipments: about(shipments),
    declarations: about(declarations),
    dispatchOrders: about(dispatchOrders),
  };
}

/** Labels that were bought and not voided. */
export function labelsKept({ shipments }: PartnersBooks): Held[] {
  return shipments.filter(
    ({ postage_label, refund_status }) => postage_label != null && refund_status == null,
  );
}

import { randomBytes } from 'node:crypto';
import { createOrderRecords } from '../../../shared/aws/order/order-records.ts';
import { createPersonalData } from '../../../shared/aws/order/personal-data.ts';
import { unpack } from '../../../shared/aws/pack.ts';
import { unpackCall } from '../../../shared/aws/pack-calls.ts';
import { createCallbackStore } from '../../../shared/aws/relay/callback-store.ts';
import { openReasons } from '../../../shared/order/index.ts';
import type { EraseDeps } from '../../../shared/privacy/erase-order.ts';
import type { OrderDetails, PartnerCall, TimelineStore } from '../../../shared/timeline/index.ts';
import { booked, scanned } from '../../builders/facts.ts';
import { costOfTaxed } from '../../builders/taxed-order.ts';
import { type Shop, ship } from './shop.ts';
import type { Item, TableOnEngine } from './table-on-engine.ts';

/** What the shopper gave, and what partners wrote of the shopper. No other text of the tests has these words. */
export const personalWords = {
  name: 'Zofia Kwiatkowska',
  company: 'Zofijka Atelier',
  email: 'zofia.k@personal.test',
  phone: '+48600700800',
  line1: 'ulica Brzozowa 17',
  line2: 'lokal Czwarty',
  city: 'Sandomierz-Dwikozy',
  region: 'Ziemia Sandomierska',
  postalCode: '27604',
  taxId: 'PLX-998877',
  signedBy: 'Kwiatkowska Z. personally',
  label: 'labels.test/of-zofia',
} as const;

const detailsOf = (words: typeof personalWords = personalWords): OrderDetails => ({
  customer: { email: words.email, phone: words.phone },
  shippingAddress: {
    ...{ name: words.name, company: words.company, line1: words.line1, line2: words.line2, city: words.city },
    ...{ region: words.region, postalCode: words.postalCode, country: 'FR', taxId: words.taxId },
  },
});

/** A call of a carrier that names the person who signed. */
export const callOf = (shop: Shop, callbackId: string, filling = ''): PartnerCall => ({
  ...{ kind: 'carrier', code: 'easypost', callbackId, deliveryId: `delivery-${callbackId}` },
  rawBody: Buffer.from(JSON.stringify({ signed: personalWords.signedBy, filling })),
  receivedAt: shop.now(),
});

/** An order of the person under IOSS, of goods for EUR 100. */
export async function placeOrder(shop: Shop): Promise<string> {
  const cost = costOfTaxed({
    ...{ state: 'FR', currency: 'EUR' },
    consignments: [{ from: 'CN', goods: [{ base: 10_000, rate: '20' }] }],
  });
  const destination = { ...cost.destination, postalCode: personalWords.postalCode };
  const { quoteId } = await shop.quote({ ...cost, destination });
  // The request's key is the id of the quote, so that the first fact holds the hash of the request.
  const placed = await shop.place(quoteId, { idempotencyKey: quoteId, details: detailsOf() });
  if (!placed.ok) throw new Error(`refused: ${placed.error.reason}`);
  return placed.value.orderId;
}

/**
 * Carries the order to the door. One call is in the item of its facts, a long one is an item of its own that led to
 * facts, and one led to none and could not be read.
 */
export async function deliver(on: TableOnEngine, shop: Shop, orderId: string): Promise<void> {
  await ship(shop, orderId);
  const parcelId = await parcelOf(shop, orderId);
  const happens = async (facts: Parameters<TimelineStore['append']>[0]['facts'], call?: PartnerCall) => {
    const timeline = await loaded(shop, orderId);
    const appended = await shop.timelines.append({
      ...{ timeline, facts, cause: { by: 'partner' }, now: shop.now() },
      ...(call === undefined ? {} : { call }),
    });
    if (appended === undefined) throw new Error('nobody else writes');
  };
  await happens([booked({ parcelId, labelUrl: `https://${personalWords.label}/1.pdf` })]);
  const place = { city: personalWords.city, country: 'FR' };
  await happens([scanned({ parcelId, scanId: 'first', place })], callOf(shop, `evt_1_${orderId}`));
  await happens(
    [scanned({ parcelId, scanId: 'second', place })],
    callOf(shop, `evt_2_${orderId}`, randomBytes(3_000).toString('base64')),
  );
  await createCallbackStore(on.table).keep(callOf(shop, `evt_3_${orderId}`), { orderId });
  await happens([
    { name: 'parcel.delivered', data: { parcelId, deliveredAt: shop.now() } },
    { name: 'order.delivered', data: {} },
  ]);
}

export async function parcelOf(shop: Shop, orderId: string): Promise<string> {
  const [placed] = (await loaded(shop, orderId)).facts;
  return placed?.name === 'order.placed' ? (placed.data.parcels[0]?.parcelId ?? '') : '';
}

export async function loaded(shop: Shop, orderId: string) {
  const timeline = await shop.timelines.load(orderId);
  if (timeline === undefined) throw new Error('the order is stored');
  return timeline;
}

/** The dependencies of the erasure over a table. */
export const eraseDepsOn = (
  table: TableOnEngine['table'],
  shop: Shop,
  timelines = shop.timelines,
): EraseDeps => ({
  ...{ timelines, clock: shop.clock, openReasons },
  personal: createPersonalData(table),
});

/** The personal words that are anywhere in the items, in the clear or compressed, each with its item. */
export function personalIn(
  items: readonly Item[],
  words: Readonly<Record<string, string>> = personalWords,
): string[] {
  return items.flatMap((item) => {
    const texts = Object.values(item).flatMap(textsOf);
    return Object.entries(words)
      .filter(([, word]) => texts.some((text) => isIn(text, word)))
      .map(([field]) => `${field} in ${String(item.pk)} ${String(item.sk)}`);
  });
}

/** A short number is searched as a whole text: times and ids have the same digits by chance. */
const isIn = (text: string, word: string) => text.includes(/^\d{5}$/.test(word) ? `"${word}"` : word);

/** A value as a reader of the table could make texts of it. */
function textsOf(value: unknown): string[] {
  if (!(value instanceof Uint8Array)) return [JSON.stringify(value) ?? ''];
  const bytes = Buffer.from(value);
  const readings = [
    () => bytes.toString('utf8'),
    () => JSON.stringify(unpack(value)),
    ...(['payment', 'carrier', 'customs', 'warehouse'] as const).map(
      (kind) => () => unpackCall(kind, value).toString('utf8'),
    ),
  ];
  return readings.flatMap((read) => {
    try {
      return [read()];
    } catch {
      // The bytes were packed in another way.
      return [];
    }
  });
}

/** What must stay: the ledger, the figures of the taxes, and what the order shows. */
export async function whatStays(on: TableOnEngine, shop: Shop, orderId: string) {
  const records = await createOrderRecords(on.table).read(orderId);
  const items = await shop.itemsOf(orderId);
  return {
    journals: records?.journals,
    accessTokenHash: records?.accessTokenHash,
    taxEntries: items.flatMap(({ taxEntries, taxShard, taxAt }) =>
      taxEntries === undefined ? [] : [{ taxShard, taxAt, entries: unpack(taxEntries) }],
    ),
  };
}

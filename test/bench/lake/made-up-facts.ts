import { gzipSync } from 'node:zlib';
import type { NewFact } from '../../../events/all-events.ts';
import type { LandedCost } from '../../../events/landed-cost.ts';
import { dayMs, later, minuteMs } from '../../../shared/kernel/time.ts';
import {
  cancelled,
  parcelId,
  placed,
  refundPaid,
  refundRequested,
  scanned,
  untilDispatched,
  untilPaid,
} from '../../builders/facts.ts';
import { linesOf, putBytes, recordsOfOrder } from '../../builders/lake-facts.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';

/** Days over which the orders are spread. */
const BENCH_DAYS = 30;
/** Orders of one object of facts: some ten megabytes of text. */
const ORDERS_PER_OBJECT = 500;
const FIRST_DAY = '2026-11-01T00:00:00.000Z';
const BUILT_AT = Date.parse('2026-11-23T10:00:00.000Z');

const COUNTRIES = ['DE', 'FR', 'GB', 'US', 'JP', 'AU', 'BR', 'CH', 'NL', 'ES'] as const;

/** In turn. They are 11, which divides neither the markets nor the refunds: each of these has all channels. */
const CHANNELS = 'search mail social search none search mail search social search mail'.split(' ');

/**
 * Orders as in the replay of a month: of 20 in 21 the goods arrive, of the others the order is stopped and refunded.
 * They have one to three lines. The same number gives the same order.
 */
function factsOf(n: number): NewFact[] {
  const lines = Array.from({ length: 1 + (n % 3) }, (_, index) =>
    line({
      lineId: String(index + 1),
      sku: `SKU-${(n * 7 + index * 13) % 800}`,
      quantity: 1 + ((n + index) % 4),
    }),
  );
  const cost: LandedCost = landedCost({
    consignments: [consignment({ lines, carbonGrams: 900, freight: { amount: 450, currency: 'EUR' } })],
    destination: { country: COUNTRIES[n % COUNTRIES.length] ?? 'DE' },
  });
  const channel = CHANNELS[n % CHANNELS.length];
  const order = placed({
    ...{ landedCost: cost, storefrontId: `shop-${n % 3}` },
    ...(channel === 'none' ? {} : { channel }),
  });
  const withOrder = (facts: readonly NewFact[]) =>
    facts.map((fact) => (fact.name === 'order.placed' ? order : fact));
  if (n % 21 === 0) return withOrder([...untilPaid(), cancelled(), refundRequested(), refundPaid()]);
  const scans = Array.from({ length: 5 }, (_, index) =>
    scanned({ scanId: `s-${index}`, status: index < 4 ? 'in_transit' : 'out_for_delivery' }),
  );
  return withOrder([
    ...untilDispatched(),
    ...scans,
    { name: 'parcel.delivered', data: { parcelId, deliveredAt: '2026-12-01T09:00:00.000Z' } },
    { name: 'order.delivered', data: {} },
  ]);
}

/** Stores the facts of made-up orders in the folder of a lake. Gives their number and their bytes. */
export async function putMadeUpFacts(folder: string, orders: number) {
  const stored = { facts: 0, bytes: 0, textBytes: 0 };
  const perDay = Math.ceil(orders / BENCH_DAYS);
  for (let first = 0; first < orders; first += ORDERS_PER_OBJECT) {
    let text = '';
    for (let n = first; n < Math.min(orders, first + ORDERS_PER_OBJECT); n += 1) {
      const day = Math.floor(n / perDay);
      const at = Date.parse(FIRST_DAY) + day * dayMs + ((n * 7) % 1_000) * minuteMs - BUILT_AT;
      const records = recordsOfOrder(n + 1, factsOf(n), at);
      stored.facts += records.length;
      text += linesOf(records);
    }
    const bytes = gzipSync(text);
    stored.bytes += bytes.length;
    stored.textBytes += text.length;
    const received = later(FIRST_DAY, Math.floor(first / perDay) * dayMs).slice(0, 10);
    await putBytes(
      folder,
      `facts/received=${received}/part-${String(first).padStart(9, '0')}.ndjson.gz`,
      bytes,
    );
  }
  return stored;
}

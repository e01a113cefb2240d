import type { Table } from '../aws/clients.ts';
import type { Bus } from '../aws/relay/bus.ts';
import { readImage } from '../aws/relay/image.ts';
import { busEventsOf } from '../aws/relay/outbox.ts';
import { stockEventsOf } from '../aws/stock/changes.ts';
import { placeOfStock } from '../aws/table.ts';
import { type Clock, toInstant } from '../kernel/time.ts';
import type { ItemKey } from './bus-message.ts';
import { log } from './log.ts';

export interface RelayAgainDeps {
  readonly bus: Bus;
  readonly table: Table;
  readonly clock: Clock;
}

/**
 * Publishes the events of an item that a relay could not publish, as the item is now. Throws where that fails again, so
 * that the key comes back and is parked in the end.
 */
export async function relayAgain(deps: RelayAgainDeps, key: ItemKey): Promise<void> {
  const refusals = await deps.bus.put(await presentEvents(deps, key));
  const [first] = refusals;
  if (first !== undefined) throw new Error(`the bus refuses ${key.pk} ${key.sk}: ${first.reason}`);
}

async function presentEvents({ table, clock }: RelayAgainDeps, key: ItemKey) {
  const place = placeOfStock(key);
  if (place !== undefined) {
    // The event of stock has the present position, for any change.
    const changed = { ...place, item: key, isByHand: true, isEmpty: false };
    const events = await stockEventsOf(table, [changed], () => toInstant(clock()));
    return events.map(({ busEvent }) => busEvent);
  }
  const image = await readImage(table, key);
  if (image !== undefined) return busEventsOf(image);
  log.warn('UNRELAYED_GONE', key);
  return [];
}

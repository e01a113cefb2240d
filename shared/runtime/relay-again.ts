import type { Table } from '../aws/clients.ts';
import { readImage } from '../aws/relay/image.ts';
import type { Outlet } from '../aws/relay/refusal.ts';
import { stockEventsOf } from '../aws/stock/changes.ts';
import { placeOfStock } from '../aws/table.ts';
import type { Clock } from '../kernel/time.ts';
import { log } from './log.ts';
import { outgoingOf, type Sent } from './outgoing.ts';
import type { ItemKey } from './queue-message.ts';

export interface RelayAgainDeps {
  readonly outlet: Outlet<Sent>;
  readonly publishesAllFacts: boolean;
  readonly table: Table;
  readonly clock: Clock;
}

/**
 * Sends what a relay could not send for an item, as the item is now. Throws where that fails again, so that the key
 * comes back and is parked in the end.
 */
export async function relayAgain(deps: RelayAgainDeps, key: ItemKey): Promise<void> {
  const [first] = await deps.outlet.put(await presentlyOutgoing(deps, key));
  if (first !== undefined) throw new Error(`not taken: ${key.pk} ${key.sk}: ${first.reason}`);
}

async function presentlyOutgoing(deps: RelayAgainDeps, key: ItemKey): Promise<Sent[]> {
  const { table, clock } = deps;
  const place = placeOfStock(key);
  if (place !== undefined) {
    // The event of stock has the present position, for any change.
    const changed = { ...place, item: key, isByHand: true, isEmpty: false };
    const events = await stockEventsOf(table, [changed], clock);
    return events.map(({ busEvent }) => busEvent);
  }
  const image = await readImage(table, key);
  if (image !== undefined) return outgoingOf(image, deps);
  log.warn('UNRELAYED_GONE', key);
  return [];
}

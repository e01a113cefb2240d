import { type RelayDeps, relayNewItems } from './relay.ts';
import { relayStockChanges, type StockRelayDeps } from './relay-stock.ts';
import type { NewItem } from './stream.ts';

/**
 * Relays what happened to the table: facts to the queues of the functions that wait for them, then changes of stock to
 * the bus. Returns the first item that the stream has to deliver again. What comes again is sent again, and changes
 * nothing.
 */
export async function relayChanges(
  items: readonly NewItem[],
  deps: RelayDeps & { readonly publishesAllFacts: boolean } & Pick<StockRelayDeps, 'stockEvents'>,
): Promise<NewItem | undefined> {
  const failed = new Set([await relayNewItems(items, deps), await relayStockChanges(items, deps)]);
  return items.find((item) => failed.has(item));
}

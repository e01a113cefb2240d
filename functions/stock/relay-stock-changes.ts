import { relayStockChanges } from '../../shared/runtime/relay-stock.ts';
import { stream } from '../../shared/runtime/stream.ts';
import { stockRelayWorld } from '../../shared/runtime/worlds/operations-world.ts';

export const handler = stream(stockRelayWorld, relayStockChanges);

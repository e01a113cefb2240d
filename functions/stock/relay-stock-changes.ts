import { stockRelayDeps } from '../../shared/runtime/deps/operations.ts';
import { relayStockChanges } from '../../shared/runtime/relay-stock.ts';
import { stream } from '../../shared/runtime/stream.ts';

export const handler = stream(stockRelayDeps, relayStockChanges);

import { relayDeps } from '../../shared/runtime/deps/operations.ts';
import { relayNewItems } from '../../shared/runtime/relay.ts';
import { stream } from '../../shared/runtime/stream.ts';

export const handler = stream(relayDeps, relayNewItems);

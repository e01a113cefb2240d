import { relayNewItems } from '../../shared/runtime/relay.ts';
import { stream } from '../../shared/runtime/stream.ts';
import { busWorld } from '../../shared/runtime/worlds/operations-world.ts';

export const handler = stream(busWorld, relayNewItems);

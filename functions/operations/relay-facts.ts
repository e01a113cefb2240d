import { relayDeps } from '../../shared/runtime/deps/operations.ts';
import { relayChanges } from '../../shared/runtime/relay-changes.ts';
import { stream } from '../../shared/runtime/stream.ts';

export const handler = stream(relayDeps, relayChanges);

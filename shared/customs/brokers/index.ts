import type { Broker } from '../broker.ts';
import { restBroker } from './broker/adapter.ts';

/** The registry: to add a broker, write its folder and name it here. */
export const brokers = [restBroker] as const satisfies readonly Broker[];

import type { Broker } from '../broker.ts';
import { restBroker } from './broker/adapter.ts';

/** The registry of brokers. To add a broker, write its folder and add its adapter to this list. */
export const brokers = [restBroker] as const satisfies readonly Broker[];

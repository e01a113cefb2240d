import * as z from 'zod';
import type { Broker } from '../broker.ts';
import { restBroker } from './broker/adapter.ts';

/** The registry: to add a broker, write its file and name it here. */
export const brokers = [restBroker] as const satisfies readonly Broker[];

export type BrokerCode = (typeof brokers)[number]['code'];

export const brokerCodeSchema = z.literal(brokers.map(({ code }) => code));

/** The broker of that code, or undefined when nobody registered it. */
export function brokerByCode(code: string): Broker | undefined {
  return brokers.find((broker) => broker.code === code);
}

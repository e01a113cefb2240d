import * as z from 'zod';
import type { Carrier } from '../carrier.ts';
import { easypost } from './easypost/adapter.ts';

/** The registry: to add a carrier, write its file and name it here. */
export const carriers = [easypost] as const satisfies readonly Carrier[];

export type CarrierCode = (typeof carriers)[number]['code'];

export const carrierCodeSchema = z.literal(carriers.map(({ code }) => code));

/** The carrier of that code, or undefined when nobody registered it. */
export function carrierByCode(code: string): Carrier | undefined {
  return carriers.find((carrier) => carrier.code === code);
}

import * as z from 'zod';
import type { PaymentProvider } from '../provider.ts';
import { stripe } from './stripe/adapter.ts';

/** The registry: to add a provider, write its file and name it here. */
export const paymentProviders = [stripe] as const satisfies readonly PaymentProvider[];

export type PaymentProviderCode = (typeof paymentProviders)[number]['code'];

export const paymentProviderCodeSchema = z.literal(paymentProviders.map(({ code }) => code));

/** The provider of that code, or undefined when nobody registered it. */
export function paymentProviderByCode(code: string): PaymentProvider | undefined {
  return paymentProviders.find((provider) => provider.code === code);
}

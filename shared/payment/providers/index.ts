import type { PaymentProvider } from '../provider.ts';
import { stripe } from './stripe/adapter.ts';

/** The registry: to add a provider, write its folder and name it here. */
export const paymentProviders = [stripe] as const satisfies readonly PaymentProvider[];

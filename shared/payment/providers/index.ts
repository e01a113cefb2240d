import type { PaymentProvider } from '../provider.ts';
import { antom } from './antom/adapter.ts';
import { stripe } from './stripe/adapter.ts';

/** The registry of payment providers. To add a provider, write its folder and add its adapter to this list. */
export const paymentProviders = [stripe, antom] as const satisfies readonly PaymentProvider[];

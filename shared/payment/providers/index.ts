import type { PaymentProvider } from '../provider.ts';
import { mercadopago } from './mercadopago/adapter.ts';
import { razorpay } from './razorpay/adapter.ts';
import { stripe } from './stripe/adapter.ts';
import { xendit } from './xendit/adapter.ts';

/** The registry of payment providers. To add a provider, write its folder and add its adapter to this list. */
export const paymentProviders = [
  stripe,
  mercadopago,
  xendit,
  razorpay,
] as const satisfies readonly PaymentProvider[];

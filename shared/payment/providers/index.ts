import type { PaymentProvider } from '../provider.ts';
import { adyen } from './adyen/adapter.ts';
import { antom } from './antom/adapter.ts';
import { klarnapayments } from './klarnapayments/adapter.ts';
import { mercadopago } from './mercadopago/adapter.ts';
import { pawapay } from './pawapay/adapter.ts';
import { paypal } from './paypal/adapter.ts';
import { razorpay } from './razorpay/adapter.ts';
import { stripe } from './stripe/adapter.ts';
import { wechatpay } from './wechatpay/adapter.ts';
import { xendit } from './xendit/adapter.ts';

/**
 * The registry of payment providers. To add a provider, write its folder and add its adapter to this list. If several
 * can take a method, the first one that has settings offers it, unless the seller chose another one.
 */
export const paymentProviders = [
  stripe,
  adyen,
  paypal,
  antom,
  mercadopago,
  wechatpay,
  xendit,
  razorpay,
  pawapay,
  klarnapayments,
] as const satisfies readonly PaymentProvider[];

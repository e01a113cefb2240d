import type { OfferingProvider } from '../offers.ts';
import { offeredMethods as adyen } from './adyen/offered-methods.ts';
import { offeredMethods as antom } from './antom/offered-methods.ts';
import { offeredMethods as klarnapayments } from './klarnapayments/offered-methods.ts';
import { offeredMethods as mercadopago } from './mercadopago/offered-methods.ts';
import { offeredMethods as pawapay } from './pawapay/offered-methods.ts';
import { offeredMethods as paypal } from './paypal/offered-methods.ts';
import { offeredMethods as razorpay } from './razorpay/offered-methods.ts';
import { offeredMethods as stripe } from './stripe/offered-methods.ts';
import { offeredMethods as wechatpay } from './wechatpay/offered-methods.ts';
import { offeredMethods as xendit } from './xendit/offered-methods.ts';

/**
 * What each provider of the registry offers, in its order and without its adapter: a quote, the screening and the
 * seller's settings need no more. A test compares it with the registry.
 */
export const providerOffers: readonly OfferingProvider[] = [
  { code: 'stripe', methods: stripe },
  { code: 'adyen', methods: adyen },
  { code: 'paypal', methods: paypal },
  { code: 'antom', methods: antom },
  { code: 'mercadopago', methods: mercadopago },
  { code: 'wechatpay', methods: wechatpay },
  { code: 'xendit', methods: xendit },
  { code: 'razorpay', methods: razorpay },
  { code: 'pawapay', methods: pawapay },
  { code: 'klarnapayments', methods: klarnapayments },
];

import type { LatePlugIn } from '../../partners/plug-in.ts';
import type { BoundPaymentProvider, PaymentProvider } from '../provider.ts';

/**
 * The registry of payment providers. To add a provider, write its folder and add its adapter to this list. If several
 * can take a method, the first one that has settings offers it, unless the seller chose another one. An adapter is
 * loaded when it is needed: an order needs one, and what all of them offer is in `offers.ts`.
 */
export const paymentProviders = [
  { code: 'stripe', load: async () => (await import('./stripe/adapter.ts')).stripe },
  { code: 'adyen', load: async () => (await import('./adyen/adapter.ts')).adyen },
  { code: 'paypal', load: async () => (await import('./paypal/adapter.ts')).paypal },
  { code: 'antom', load: async () => (await import('./antom/adapter.ts')).antom },
  { code: 'mercadopago', load: async () => (await import('./mercadopago/adapter.ts')).mercadopago },
  { code: 'wechatpay', load: async () => (await import('./wechatpay/adapter.ts')).wechatpay },
  { code: 'xendit', load: async () => (await import('./xendit/adapter.ts')).xendit },
  { code: 'razorpay', load: async () => (await import('./razorpay/adapter.ts')).razorpay },
  { code: 'pawapay', load: async () => (await import('./pawapay/adapter.ts')).pawapay },
  { code: 'klarnapayments', load: async () => (await import('./klarnapayments/adapter.ts')).klarnapayments },
] as const satisfies readonly LatePlugIn<string, BoundPaymentProvider>[];

/** Every provider with its adapter, in the order of the registry: for commands, pages and tests. */
export const loadPaymentProviders = (): Promise<readonly PaymentProvider[]> =>
  Promise.all(paymentProviders.map(({ load }) => load()));

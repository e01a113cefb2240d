import { minorDigits } from '../kernel/currency.ts';
import type { Money } from '../kernel/money.ts';
import type { OfferedMethod, ProviderRefund } from './provider.ts';

/** The minor units of a step in which a provider takes amounts: 100 for whole units of a currency of two digits. */
export function amountStep({ digits }: Pick<OfferedMethod, 'digits'>, currency: Money['currency']): number {
  const own = minorDigits(currency);
  return 10 ** (own - (digits?.[currency] ?? own));
}

/** Whether the provider takes an amount with these decimal places for the method. */
export const takesAmount = (
  methods: readonly OfferedMethod[],
  method: string,
  { amountMinor, currency }: Money,
): boolean =>
  methods
    .filter((one) => one.method === method && one.currencies.includes(currency))
    .every((one) => amountMinor % amountStep(one, currency) === 0);

/** A refund that is not asked for, because the provider would never take its amount. */
export const tooManyDigits = ({
  refundId,
  providerPaymentId,
  amount,
}: Pick<ProviderRefund, 'refundId' | 'amount'> & { readonly providerPaymentId: string }): ProviderRefund => ({
  ...{ refundId, providerReference: providerPaymentId, status: 'failed', amount },
  failureCode: 'amount-digits',
});

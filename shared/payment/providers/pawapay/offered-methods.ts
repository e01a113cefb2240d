import type { Country } from '../../../kernel/country.ts';
import { minuteMs } from '../../../kernel/time.ts';
import type { MethodAbilities, OfferedMethod } from '../../provider.ts';

/** The shopper confirms with a PIN on the phone. No limit of time for refunds is documented. */
const mobileMoney: MethodAbilities = {
  ...{ flow: 'push', captures: 'at-once', partialCapture: 'none', authenticates: true },
};

/** An operator's prompt ends within a few minutes. */
const reservationMs = 15 * minuteMs;

/** pawaPay's word for each operator, by method and country (docs.pawapay.io/v2/docs/providers). */
export const operators: Readonly<Record<string, Readonly<Partial<Record<Country, string>>>>> = {
  'm-pesa': { KE: 'MPESA_KEN' },
  'mtn-momo': { NG: 'MTN_MOMO_NGA' },
  'airtel-money': { NG: 'AIRTEL_NGA' },
};

/**
 * The operators in the countries of docs/destinations.md. M-Pesa in Kenya and Airtel in Nigeria take whole units only
 * (docs.pawapay.io/v2/docs/providers); M-Pesa takes up to KES 250,000 a transaction, as Safaricom states. pawaPay
 * gives the further limits of an account by its active configuration: enter them in the seller's terms.
 */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    ...{ method: 'm-pesa', ...mobileMoney, countries: ['KE'], currencies: ['KES'], digits: { KES: 0 } },
    ...{ maxAmountMinor: { KES: 25_000_000 }, reservationMs, payerNeeds: ['phone'] },
  },
  {
    ...{ method: 'mtn-momo', ...mobileMoney, countries: ['NG'], currencies: ['NGN'] },
    ...{ reservationMs, payerNeeds: ['phone'] },
  },
  {
    ...{ method: 'airtel-money', ...mobileMoney, countries: ['NG'], currencies: ['NGN'], digits: { NGN: 0 } },
    ...{ reservationMs, payerNeeds: ['phone'] },
  },
];

import type { ListFee } from '../../list-fee.ts';

const inUnitedStates = {
  sellerIn: ['US'],
  fixedMinor: { USD: 49 },
  from: '2026-09-20',
  source: 'paypal.com/us/business/paypal-business-fees, as it was on 2026-09-20',
} as const;

/** PayPal's checkout of accounts in the United States. Conversion to the currency of the account costs more. */
export const listFees: readonly ListFee[] = [
  { ...inUnitedStates, countries: ['US'], percent: '3.49' },
  // 3.49 % and 1.5 % for payers of other countries.
  { ...inUnitedStates, percent: '4.99' },
];

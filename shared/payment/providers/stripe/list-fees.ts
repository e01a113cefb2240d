import type { Country } from '../../../kernel/country.ts';
import type { ListFee } from '../../list-fee.ts';

/** The countries of the euro in the European Economic Area, where a merchant's fixed fee is in euros. */
const euro: readonly Country[] = [
  ...['AT', 'BE', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IE', 'IT'],
  ...['LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'SI', 'SK'],
];
const eea: readonly Country[] = [...euro, 'BG', 'CZ', 'DK', 'HU', 'IS', 'LI', 'NO', 'PL', 'RO', 'SE'];

const inUnitedStates = {
  sellerIn: ['US'],
  fixedMinor: { USD: 30 },
  from: '2026-09-20',
  source: 'stripe.com/pricing, as it was on 2026-09-20',
} as const;
const inEuroArea = {
  sellerIn: euro,
  methods: ['card'],
  fixedMinor: { EUR: 25 },
  from: '2023-04-10',
  source:
    'support.stripe.com, "Pricing updates for businesses based in the European Economic Area", read 2026-11-30',
} as const;

/**
 * Cards and Klarna of accounts in the United States, and cards of accounts in the euro area. Premium cards, conversion
 * to the currency of the account and cards of another country than the destination's cost more.
 */
export const listFees: readonly ListFee[] = [
  { ...inUnitedStates, methods: ['card'], countries: ['US'], percent: '2.9' },
  // 2.9 % and 1.5 % for cards of other countries.
  { ...inUnitedStates, methods: ['card'], percent: '4.4' },
  { ...inUnitedStates, methods: ['klarna'], countries: ['US'], percent: '5.99' },
  { ...inEuroArea, countries: eea, percent: '1.5' },
  { ...inEuroArea, countries: ['GB'], percent: '2.5' },
  { ...inEuroArea, percent: '3.25' },
];

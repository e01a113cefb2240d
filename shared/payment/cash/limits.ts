import type { Country } from '../../kernel/country.ts';
import type { Currency } from '../../kernel/currency.ts';

interface CashLimit {
  readonly country: Country;
  readonly currency: Currency;
  /** The most that a carrier collects for one order, in minor units. */
  readonly mostMinor: number;
}

/**
 * Where carriers collect cash, in which currency, and up to which amount for one order. A seller's terms can lower an
 * amount and leave countries out.
 *
 * An amount is the lower one of what carriers collect and of what the law lets a consumer pay in cash. What carriers
 * collect: the tables of two merchants (support.moorer.clothing, article 5299169337756, and support.renecaovilla.com,
 * article 10860736694172); for Germany also zahlungsverkehrsfragen.de, "Nachnahmegebühr". What the law allows: Spain
 * below EUR 1,000 (Ley 7/2012, Art. 7, as amended by Ley 11/2021), France up to EUR 1,000 (Code monétaire et financier,
 * Art. D112-3), Greece below EUR 500, Belgium up to EUR 3,000, India below INR 200,000 (Income-tax Act 1961, s. 269ST).
 * The pages were read on 2026-11-30.
 */
export const cashLimits: readonly CashLimit[] = [
  { country: 'AT', currency: 'EUR', mostMinor: 350_000 },
  { country: 'BE', currency: 'EUR', mostMinor: 300_000 },
  { country: 'CH', currency: 'CHF', mostMinor: 350_000 },
  { country: 'DE', currency: 'EUR', mostMinor: 350_000 },
  { country: 'DK', currency: 'DKK', mostMinor: 2_000_000 },
  { country: 'EE', currency: 'EUR', mostMinor: 20_000 },
  { country: 'ES', currency: 'EUR', mostMinor: 99_999 },
  { country: 'FR', currency: 'EUR', mostMinor: 100_000 },
  { country: 'GR', currency: 'EUR', mostMinor: 49_900 },
  { country: 'IN', currency: 'INR', mostMinor: 19_999_999 },
  { country: 'IT', currency: 'EUR', mostMinor: 99_999 },
  { country: 'JP', currency: 'JPY', mostMinor: 300_000 },
  { country: 'PL', currency: 'PLN', mostMinor: 1_500_000 },
  { country: 'PT', currency: 'EUR', mostMinor: 100_000 },
  { country: 'RO', currency: 'RON', mostMinor: 1_000_000 },
  { country: 'SE', currency: 'SEK', mostMinor: 300_000 },
];

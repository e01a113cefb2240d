import type { Currency } from '../../../../shared/kernel/currency.ts';

/** The day that the rates are of, to one digit or two: good enough to see what is priced, and for no price. */
export const USUAL_RATES_OF = '2026-11';

/** Units of a currency for one euro, about. */
export const unitsForEuro: Readonly<Partial<Record<Currency, string>>> = {
  ...{ EUR: '1', GBP: '0.87', USD: '1.16', CAD: '1.62', MXN: '21.5', BRL: '6.2', AUD: '1.77', NZD: '2' },
  ...{ JPY: '178', KRW: '1690', SGD: '1.5', CHF: '0.93', NOK: '11.7', CLP: '1090', COP: '4400' },
  ...{ IDR: '19300', ILS: '3.8', AED: '4.26', ZAR: '20', THB: '37.5', MYR: '4.8', ARS: '1680', PHP: '68' },
  ...{ NGN: '1680', HKD: '9', CNY: '8.25', INR: '103', VND: '30500', KES: '150', SAR: '4.35', TRY: '49' },
  ...{ PLN: '4.24', RON: '5.08', CZK: '24.3', HUF: '385', SEK: '10.9', DKK: '7.46' },
};

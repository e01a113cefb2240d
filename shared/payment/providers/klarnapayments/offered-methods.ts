import type { Country } from '../../../kernel/country.ts';
import type { Currency } from '../../../kernel/currency.ts';
import type { OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';

/** Klarna's regions, each with a server and accounts of its own. */
export const regions = ['eu', 'na', 'oc'] as const;
export type Region = (typeof regions)[number];

/**
 * Where Klarna lends, by region, with the currency of the country: the shopper pays in that of the own country only
 * (docs.klarna.com, "Purchase countries, currencies and locales").
 */
const markets: Readonly<Record<Region, Readonly<Partial<Record<Currency, readonly Country[]>>>>> = {
  eu: {
    EUR: ['AT', 'BE', 'DE', 'ES', 'FI', 'FR', 'GR', 'IE', 'IT', 'NL', 'PT', 'SK'],
    CHF: ['CH'],
    CZK: ['CZ'],
    DKK: ['DK'],
    GBP: ['GB'],
    HUF: ['HU'],
    NOK: ['NO'],
    PLN: ['PL'],
    RON: ['RO'],
    SEK: ['SE'],
  },
  na: { USD: ['US'], CAD: ['CA'], MXN: ['MX'] },
  oc: { AUD: ['AU'], NZD: ['NZ'] },
};

/** The region of a country in which we offer Klarna; undefined elsewhere. */
export const regionOf = (country: Country): Region | undefined =>
  regions.find((region) => Object.values(markets[region]).some((countries) => countries.includes(country)));

/**
 * Klarna pays for what was sent: its terms ask for the capture at the dispatch, and it takes many captures. The shopper
 * is identified on Klarna's page. An order that is not captured expires after 28 days in most countries. No limit of
 * amounts or of the time for refunds is published.
 */
export const offeredMethods: readonly OfferedMethod[] = regions.flatMap((region) =>
  Object.entries(markets[region]).map(
    ([currency, countries]): OfferedMethod => ({
      ...{ method: 'klarna', flow: 'redirect', captures: 'at-dispatch', partialCapture: 'many' },
      ...{ authenticates: true, authorisedDays: 28, countries, currencies: [currency as Currency] },
      reservationMs: reservationTimes.klarna,
    }),
  ),
);

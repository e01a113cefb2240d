import * as z from 'zod';

/** Where the stage fetches published exchange rates. */
export interface RateFiles {
  /** Whether the clock starts the fetching. Somebody may start it by hand otherwise. */
  readonly fetchesRates: boolean;
  /** The publishers' addresses. A publisher that is left out is not asked. */
  readonly rateFiles: {
    readonly ecbDaily?: string;
    readonly ecbHistory?: string;
    /** With `{year}` and `{month}`, the month without a leading zero. */
    readonly hmrc?: string;
  };
}

/** The addresses that the publishers name: of the last day, of the last 90 days, and of a month. */
const PUBLISHED = {
  ecbDaily: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
  ecbHistory: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml',
  hmrc: 'https://www.trade-tariff.service.gov.uk/uk/api/exchange_rates/files/monthly_xml_{year}-{month}.xml',
} as const;

const NAMES = { ecbDaily: 'ratesEcbDaily', ecbHistory: 'ratesEcbHistory', hmrc: 'ratesHmrc' } as const;

const addressSchema = z.union([z.literal('none'), z.url({ protocol: /^https$/ })]);
const flagSchema = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/**
 * Reads `-c fetchRates=false`, and the addresses that replace the published ones; `none` leaves a publisher out.
 * Throws an Error that names the value that can't be used.
 */
export function readRateFiles(context: (name: string) => unknown, fetchesByDefault: boolean): RateFiles {
  const fetches = flagSchema.safeParse(context('fetchRates') ?? fetchesByDefault);
  if (!fetches.success) throw new Error('the context value fetchRates is true or false');
  const addresses = Object.entries(NAMES).flatMap(([file, name]) => {
    const read = addressSchema.safeParse(context(name) ?? PUBLISHED[file as keyof typeof NAMES]);
    if (!read.success) throw new Error(`the context value ${name} is an https address or none`);
    return read.data === 'none' ? [] : [[file, read.data]];
  });
  return { fetchesRates: fetches.data, rateFiles: Object.fromEntries(addresses) };
}

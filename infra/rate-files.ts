import * as z from 'zod';
import { flag, given, httpsUrl, type ReadContext } from './context.ts';

/** Where the stage fetches published exchange rates. */
export interface RateFiles {
  /**
   * Whether the clock starts the job that fetches rates and warns before they expire. It does in every deployed stage,
   * because a stage that fetches nothing has rates that somebody imports. On one machine it is started by hand.
   */
  readonly startsRatesJob: boolean;
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

/** Every context value that is read here. */
export const rateContextNames: readonly string[] = ['fetchRates', ...Object.values(NAMES)];

/**
 * Reads `-c fetchRates=false`, and the addresses that replace the published ones; `none` leaves a publisher out.
 * Throws an Error that names the value that can't be used.
 */
export function readRateFiles(context: ReadContext, isDeployed: boolean): RateFiles {
  const fetches = given(context, 'fetchRates', flag.default(isDeployed), 'true or false');
  const addressOf = (file: keyof typeof NAMES) => {
    const schema = z.union([z.literal('none'), httpsUrl]).default(PUBLISHED[file]);
    const address = given(context, NAMES[file], schema, 'the https address of the file, or none');
    return address === 'none' ? [] : [[file, address]];
  };
  const addresses = (['ecbDaily', 'ecbHistory', 'hmrc'] as const).flatMap(addressOf);
  const isSilent = isDeployed && !fetches;
  return {
    startsRatesJob: isDeployed || fetches,
    rateFiles: isSilent ? {} : Object.fromEntries(addresses),
  };
}

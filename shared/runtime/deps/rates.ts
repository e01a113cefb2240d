import type { RenewalDeps } from '../../rates/renewal/renew-rates.ts';
import { log } from '../log.ts';
import { fetchRateFile, readRateAddresses } from '../rate-files.ts';
import { catalogueDeps } from './catalogue.ts';

/** For fetching published exchange rates. */
export function renewalDeps(): RenewalDeps {
  const { rates, clock } = catalogueDeps();
  return { rates, clock, addresses: readRateAddresses(), fetchFile: fetchRateFile, warn: log.warn };
}

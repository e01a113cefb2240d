import type { RateAddresses, RenewalDeps } from '../../rates/renewal/renew-rates.ts';
import { log } from '../log.ts';
import { fetchRateFile } from '../rate-files.ts';
import { catalogueDeps } from './catalogue.ts';

/** For fetching published exchange rates. */
export function renewalDeps(): RenewalDeps {
  const { rates, clock } = catalogueDeps();
  return { rates, clock, addresses: readRateAddresses(), fetchFile: fetchRateFile, warn: log.warn };
}

/**
 * The addresses of the published files, from the function's environment. An address that is missing turns its publisher
 * off. Throws an Error that names the variable of an address that is not https; on this machine http will do.
 */
export function readRateAddresses(environment: NodeJS.ProcessEnv = process.env): RateAddresses {
  const read = (name: string): string | undefined => {
    const address = environment[name];
    if (address === undefined || address === '') return undefined;
    const { protocol, hostname } = URL.parse(address) ?? { protocol: '', hostname: '' };
    if (protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1')) return address;
    throw new Error(`${name} is no https address`);
  };
  const daily = read('RATES_ECB_DAILY');
  const history = read('RATES_ECB_HISTORY');
  const hmrc = read('RATES_HMRC');
  return {
    ...(daily === undefined || history === undefined ? {} : { ecb: { daily, history } }),
    ...(hmrc === undefined ? {} : { hmrc }),
  };
}

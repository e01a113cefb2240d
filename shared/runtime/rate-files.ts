import { type PartnerResponse, PartnerUnavailable } from '../partners/send.ts';
import { RatesNotFetched } from '../rates/renewal/check-rates.ts';
import type { RateAddresses } from '../rates/renewal/rate-addresses.ts';
import { createSend } from './partner-sender.ts';

const TIMEOUT_MS = 10_000;
/** The largest file, the rates of ninety days, has some 100 kB. */
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_REDIRECTS = 3;

/**
 * The text of a published file; undefined if the publisher has no file at the address. Redirects are followed to the
 * same host only. Throws {@link RatesNotFetched} for everything else, with a reason that names no address.
 */
export async function fetchRateFile(address: string): Promise<string | undefined> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const { status, headers, body } = await get(url);
    if (status === 200) return body;
    if (status === 404) return undefined;
    const { location } = headers;
    if (status < 300 || status > 399 || location === undefined)
      throw new RatesNotFetched(`the publisher answered ${status}`);
    const next = new URL(location, url);
    if (next.origin !== url.origin) throw new RatesNotFetched('the publisher sent us to another host');
    url = next;
  }
  throw new RatesNotFetched('the publisher sent us on too often');
}

async function get(url: URL): Promise<PartnerResponse> {
  const send = createSend({ partner: 'publisher of rates', maxAnswerBytes: MAX_FILE_BYTES });
  try {
    return await send({
      method: 'GET',
      url: url.href,
      headers: { accept: 'application/xml, text/xml', 'user-agent': 'entrepot' },
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    if (!(error instanceof PartnerUnavailable)) throw error;
    throw new RatesNotFetched(error.message);
  }
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

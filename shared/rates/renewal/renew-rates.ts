import { type Instant, toInstant } from '../../kernel/time.ts';
import type { ExchangeRates } from '../exchange-rates.ts';
import type { RatesStore } from '../ports.ts';
import { monthAfter, secondLastWednesday } from '../published/customs-month.ts';
import { readEcb } from '../published/read-ecb.ts';
import { readHmrcXml } from '../published/read-hmrc-xml.ts';
import { checkedTables, mustBePlausible, RatesNotFetched } from './check-rates.ts';
import { expiringRates } from './expiring-rates.ts';
import type { RateAddresses } from './rate-addresses.ts';
import { type CustomsMonth, euMonthsDecided, hmrcMonthsPublished, latestEcbDay } from './what-is-due.ts';

export interface RenewalDeps {
  readonly rates: Pick<RatesStore, 'put' | 'of' | 'latestDaily' | 'additional'>;
  /** The text of a file; undefined if there is no such file. Throws {@link RatesNotFetched}. */
  readonly fetchFile: (address: string) => Promise<string | undefined>;
  readonly addresses: RateAddresses;
  readonly clock: () => Date;
  readonly warn: (
    code: 'RATES_NOT_FETCHED' | 'RATES_EXPIRE_SOON',
    detail: Readonly<Record<string, string>>,
  ) => void;
}

/** What a run found at each publisher. */
type Outcome = 'stored' | 'not-due' | 'not-published-yet' | 'failed' | 'off';

/**
 * Fetches the published rates that are due and not stored yet, and says which rates are about to run out. It may run
 * as often as somebody likes: a run with nothing due reads the table only, and a run after a failure tries again.
 */
export async function renewRates(
  deps: RenewalDeps,
): Promise<{ readonly ecb: Outcome; readonly hmrc: Outcome }> {
  const now = toInstant(deps.clock());
  const ecb = await outcomeOf('ecb', deps, () => renewEcb(deps, now));
  const hmrc = await outcomeOf('hmrc', deps, () => renewHmrc(deps, now));
  for (const expiring of await expiringRates(deps, now)) deps.warn('RATES_EXPIRE_SOON', expiring);
  return { ecb, hmrc };
}

async function outcomeOf(
  publisher: 'ecb' | 'hmrc',
  { warn }: RenewalDeps,
  renew: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await renew();
  } catch (error) {
    if (!(error instanceof RatesNotFetched)) throw error;
    warn('RATES_NOT_FETCHED', { publisher, reason: error.message });
    return 'failed';
  }
}

async function renewEcb(deps: RenewalDeps, now: Instant): Promise<Outcome> {
  const { rates, addresses } = deps;
  if (addresses.ecb === undefined) return 'off';
  const expected = latestEcbDay(now);
  const latest = await rates.latestDaily();
  const missing = await monthsMissing(deps, 'eu-customs-month', euMonthsDecided(now));
  const isDailyDue = latest === undefined || latest.date < expected;
  if (!isDailyDue && missing.length === 0) return 'not-due';
  const file = isDecidedBy(expected, missing) ? addresses.ecb.daily : addresses.ecb.history;
  const tables = checkedTables(readEcb(await fileAt(deps, file)), now);
  const [newest, ...others] = tables;
  if (newest === undefined || (newest.date < expected && missing.length === 0)) return 'not-published-yet';
  mustBePlausible(newest, latest);
  await storeDay(deps, newest);
  for (const table of others) await storeIfMissing(deps, table);
  return newest.date < expected ? 'not-published-yet' : 'stored';
}

/** Whether the file of that one day holds the rates of the missing months. */
const isDecidedBy = (day: string, missing: readonly CustomsMonth[]): boolean =>
  missing.every(({ month }) => {
    const before = day.slice(0, 7);
    return month === monthAfter(before) && day === secondLastWednesday(before);
  });

async function renewHmrc(deps: RenewalDeps, now: Instant): Promise<Outcome> {
  const { hmrc } = deps.addresses;
  if (hmrc === undefined) return 'off';
  const missing = await monthsMissing(deps, 'hmrc-month', hmrcMonthsPublished(now));
  let outcome: Outcome = 'not-due';
  for (const { month, isCurrent } of missing) {
    const [year = '', number = ''] = month.split('-');
    const address = hmrc.replace('{year}', year).replace('{month}', String(Number(number)));
    const text = await deps.fetchFile(address);
    if (text === undefined && isCurrent) throw new RatesNotFetched(`there is no file of ${month}`);
    if (text === undefined) return outcome === 'stored' ? outcome : 'not-published-yet';
    for (const table of checkedTables(readHmrcXml(text), now)) {
      if (table.month !== month) throw new RatesNotFetched(`the file of ${month} is of ${table.month}`);
      await deps.rates.put(table);
      outcome = 'stored';
    }
  }
  return outcome;
}

async function fileAt({ fetchFile }: RenewalDeps, address: string): Promise<string> {
  const text = await fetchFile(address);
  if (text === undefined) throw new RatesNotFetched('there is no such file');
  return text;
}

async function monthsMissing(
  { rates }: RenewalDeps,
  kind: 'eu-customs-month' | 'hmrc-month',
  months: readonly CustomsMonth[],
): Promise<CustomsMonth[]> {
  const stored = await Promise.all(months.map(({ month }) => rates.of(kind, month)));
  return months.filter((_month, index) => stored[index] === undefined);
}

/**
 * Stores a day's rates. Rates that somebody else stored for that day stay. If the publisher corrected the day, the
 * spread and the expiry that a person gave with it stay.
 */
async function storeDay({ rates }: RenewalDeps, table: ExchangeRates): Promise<void> {
  const stored = await rates.of('daily', table.date);
  if (stored !== undefined && stored.id !== table.id) return;
  const { spreadBasisPoints, expiresAt } = stored ?? {};
  await rates.put({
    ...table,
    ...(spreadBasisPoints === undefined ? {} : { spreadBasisPoints }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
}

async function storeIfMissing({ rates }: RenewalDeps, table: ExchangeRates): Promise<void> {
  const { kind = 'daily', month, date } = table;
  if (kind === 'additional' || (await rates.of(kind, month ?? date)) !== undefined) return;
  await rates.put(table);
}

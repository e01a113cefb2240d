import { dayMs, type Instant, later } from '../../kernel/time.ts';
import { type ExchangeRates, ratesExpireAt } from '../exchange-rates.ts';
import type { RatesStore } from '../ports.ts';
import type { RateAddresses } from './rate-addresses.ts';

/** A fetch is tried again every hour, so a day is enough to see that it fails. */
const FETCHED_WARNED_BEFORE_MS = dayMs;
/** A person imports the rates that nobody fetches, and a weekend has two days. */
const IMPORTED_WARNED_BEFORE_MS = 2 * dayMs;
/** Imported rates that nobody renewed in that time are not in use any more: nobody is warned of them for ever. */
const FORGOTTEN_AFTER_MS = 7 * dayMs;
/** Customs rates of a month are announced as missing that long before it begins. */
const MONTH_WARNED_BEFORE_MS = 2 * dayMs;

/** Rates that are missing, that expire soon or that have expired: what the log and the alarm say of them. */
export type ExpiringRates = Readonly<Record<string, string>>;

interface Deps {
  readonly rates: Pick<RatesStore, 'of' | 'latestDaily' | 'additional'>;
  readonly addresses: RateAddresses;
}

/**
 * All rates in use that are about to run out, whoever stored them. Fetched rates are always in use. Imported ones are
 * in use until a week after their expiry, and those of a month until the end of the next.
 */
export async function expiringRates(deps: Deps, now: Instant): Promise<ExpiringRates[]> {
  const daily = await deps.rates.latestDaily();
  const additional = await deps.rates.additional();
  return [
    ...expiringDaily(daily, deps.addresses, now),
    ...additional.flatMap((table) => expiringAdditional(table, daily, now)),
    ...(await missingMonths(deps, now)),
  ];
}

function expiringDaily(
  daily: ExchangeRates | undefined,
  { ecb }: RateAddresses,
  now: Instant,
): ExpiringRates[] {
  const kind = 'daily';
  if (daily === undefined) return ecb === undefined ? [] : [{ kind, expiresAt: 'none stored' }];
  const isDue =
    ecb === undefined ? isImportDue(daily, now) : expiresWithin(daily, now, FETCHED_WARNED_BEFORE_MS);
  return isDue ? [{ kind, expiresAt: ratesExpireAt(daily) }] : [];
}

/** A rate that the daily table has too is not in use: the daily table comes first. */
function expiringAdditional(
  table: ExchangeRates,
  daily: ExchangeRates | undefined,
  now: Instant,
): ExpiringRates[] {
  const kind = 'additional';
  const used = Object.keys(table.rates).filter(
    (currency) => currency !== daily?.base && !Object.hasOwn(daily?.rates ?? {}, currency),
  );
  if (used.length === 0 || !isImportDue(table, now)) return [];
  return [{ kind, currencies: used.join(' '), source: table.source, expiresAt: ratesExpireAt(table) }];
}

const expiresWithin = (table: ExchangeRates, now: Instant, ms: number): boolean =>
  ratesExpireAt(table) <= later(now, ms);

const isImportDue = (table: ExchangeRates, now: Instant): boolean =>
  expiresWithin(table, now, IMPORTED_WARNED_BEFORE_MS) && !expiresWithin(table, now, -FORGOTTEN_AFTER_MS);

/** The customs rates of a month that begins soon or has begun: fetched ones, and ones that the month before had. */
async function missingMonths({ rates, addresses }: Deps, now: Instant): Promise<ExpiringRates[]> {
  const month = later(now, MONTH_WARNED_BEFORE_MS).slice(0, 7);
  const kinds = [
    { kind: 'eu-customs-month', isFetched: addresses.ecb !== undefined },
    { kind: 'hmrc-month', isFetched: addresses.hmrc !== undefined },
  ] as const;
  const missing: ExpiringRates[] = [];
  for (const { kind, isFetched } of kinds) {
    if ((await rates.of(kind, month)) !== undefined) continue;
    const isUsed = isFetched || (await rates.of(kind, monthBefore(month))) !== undefined;
    if (isUsed) missing.push({ kind, month });
  }
  return missing;
}

/** The month before, of a month as `2026-11`. */
const monthBefore = (month: string): string => later(`${month}-01T00:00:00.000Z`, -dayMs).slice(0, 7);

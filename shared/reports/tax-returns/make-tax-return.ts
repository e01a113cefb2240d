import type { EuMemberState } from '../../kernel/country.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { later, minuteMs } from '../../kernel/time.ts';
import type { ExchangeRates } from '../../rates/index.ts';
import type { TaxScheme } from '../../timeline/index.ts';
import type { ReportSources } from '../report-sources.ts';
import { isOfTheEcb, publicationDayFor } from './euro-rates.ts';
import { zoneOf } from './member-state.ts';
import { dueDayOf, instantsOf, isPeriod, lastDayOf, type Period } from './period.ts';
import { rowsOf } from './return-rows.ts';
import { schemeReturns } from './schemes.ts';
import { createTally, type TaxSum } from './tally.ts';
import type { TaxReturn } from './tax-return.ts';

export type NoTaxReturn = 'no-such-period' | 'not-registered';

/** Transactions that began before the end of a period are written by then. */
const SETTLED_AFTER_MS = 15 * minuteMs;

/**
 * The return of a scheme for a period: the sum of the orders' entries by member state and rate. Refused if the scheme
 * has no such period, or if the registrations name no member state of identification.
 */
export async function makeTaxReturn<Scheme extends TaxScheme>(
  { taxEntries, ratesOn, registrations, now }: ReportSources,
  { scheme, period }: { readonly scheme: Scheme; readonly period: Period },
): Promise<Result<TaxReturn & { report: Scheme }, NoTaxReturn>> {
  const of = schemeReturns[scheme];
  if (!isPeriod(period, of.length)) return refused('no-such-period');
  const registered = await registrations();
  const identifiedIn: EuMemberState | undefined =
    registered === undefined ? undefined : of.identifiedIn(registered);
  if (identifiedIn === undefined) return refused('not-registered');
  const timeZone = zoneOf(identifiedIn);
  const { from, to } = instantsOf(period, timeZone);
  const tally = createTally(of, timeZone);
  await taxEntries.each(scheme, { from, to }, tally.see);
  const sums = tally.sums();
  const published = await publishedFor(sums, ratesOn);
  const { missing, ...rows } = rowsOf(sums, period, (of) => published.get(of));
  const isOver = later(to, SETTLED_AFTER_MS) <= now;
  return ok({
    report: scheme,
    period,
    memberStateOfIdentification: identifiedIn,
    timeZone,
    from,
    to,
    dueOn: dueDayOf(period),
    status: isOver ? (missing.length > 0 ? 'rates-missing' : 'complete') : 'running',
    orders: tally.orders(),
    ...rows,
    exchange: {
      rule: of.exchangeRule,
      used: [...published].map(([of, { id, date, source }]) => ({ period: of, id, date, source })),
      missing: missing.map((each) => ({ ...each, date: publicationDayFor(lastDayOf(each.period)) })),
    },
  });
}

/** The stored rates that convert sales in other currencies, for each period that has some. */
async function publishedFor(
  sums: readonly TaxSum[],
  ratesOn: ReportSources['ratesOn'],
): Promise<Map<Period, ExchangeRates>> {
  const published = new Map<Period, ExchangeRates>();
  const wanted = sums.filter(({ tax }) => tax.currency !== 'EUR').map(({ period }) => period);
  for (const period of [...new Set(wanted)].toSorted()) {
    const stored = await ratesOn(publicationDayFor(lastDayOf(period)));
    if (stored !== undefined && isOfTheEcb(stored)) published.set(period, stored);
  }
  return published;
}

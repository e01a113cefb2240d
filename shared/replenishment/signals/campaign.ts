import { ok, type Result, refused } from '../../kernel/result.ts';
import { type CalendarDate, dayAfter, type Instant } from '../../kernel/time.ts';
import { dayOf, instantAt } from '../../kernel/zoned-time.ts';
import { feasts } from './feasts.ts';
import type { Signal } from './signal.ts';

/** A campaign, as a merchant plans it: on days of its own, or around a feast. */
export interface Campaign {
  readonly id: string;
  readonly markets: readonly string[];
  readonly skus?: readonly string[];
  readonly categories?: readonly string[];
  readonly days:
    | { readonly firstDay: CalendarDate; readonly lastDay: CalendarDate }
    | {
        readonly feast: string;
        readonly year: number;
        readonly daysBefore: number;
        readonly daysAfter: number;
      };
  /** What demand is multiplied with. */
  readonly factor: number;
  /** How many days before its start the stock must be there: for receipt, quality checks and placement. */
  readonly stockDaysBefore: number;
  /** IANA: a campaign starts and ends by the clocks of its market. */
  readonly timeZone: string;
}

/** A campaign with its days. */
export interface PlannedCampaign {
  readonly signal: Signal;
  /** The last day on which stock may arrive. */
  readonly arriveBy: CalendarDate;
  /** Its first moment, and the first one after it, by the clocks of its time zone. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export type CampaignProblem = 'no-such-feast' | 'year-not-in-table' | 'days-reversed';

/** The days of a campaign, and when its stock must be there. Refused for a feast or a year that is unknown. */
export function planCampaign(campaign: Campaign): Result<PlannedCampaign, CampaignProblem> {
  const days = campaignDays(campaign.days);
  if (!days.ok) return days;
  const { firstDay, lastDay } = days.value;
  const { id, markets, skus, categories, factor, stockDaysBefore, timeZone } = campaign;
  return ok({
    signal: {
      ...{ id, kind: 'campaign', markets, firstDay, lastDay, uplift: { factor } },
      ...(skus === undefined ? {} : { skus }),
      ...(categories === undefined ? {} : { categories }),
    },
    arriveBy: dayAfter(firstDay, -stockDaysBefore),
    startsAt: instantAt(timeZone, firstDay, '00:00'),
    endsAt: instantAt(timeZone, dayAfter(lastDay, 1), '00:00'),
  });
}

/** The first and the last day. Refused for a feast or a year that is unknown, and for days that are reversed. */
export function campaignDays(
  days: Campaign['days'],
): Result<{ readonly firstDay: CalendarDate; readonly lastDay: CalendarDate }, CampaignProblem> {
  if ('firstDay' in days) return days.firstDay > days.lastDay ? refused('days-reversed') : ok(days);
  const feast = feasts.find(({ code }) => code === days.feast);
  if (feast === undefined) return refused('no-such-feast');
  const day = feast.dayIn(days.year);
  if (day === undefined) return refused('year-not-in-table');
  return ok({ firstDay: dayAfter(day, -days.daysBefore), lastDay: dayAfter(day, days.daysAfter) });
}

/** Stock of a campaign that would come after it has started. */
export interface CampaignWarning {
  readonly code: 'campaign-stock-late';
  readonly campaignId: string;
  readonly sku: string;
  readonly arriveBy: CalendarDate;
  /** When stock that is ordered today would arrive. */
  readonly arrivesOn: CalendarDate;
  readonly daysLate: number;
}

/** When to order so that the stock of a campaign is there, or the warning that it is too late for that. */
export function orderForCampaign(
  { signal, arriveBy }: PlannedCampaign,
  {
    sku,
    today,
    leadTimeDays,
  }: { readonly sku: string; readonly today: CalendarDate; readonly leadTimeDays: number },
): Result<{ readonly orderBy: CalendarDate }, CampaignWarning> {
  const arrivesOn = dayAfter(today, leadTimeDays);
  const daysLate = dayOf(arrivesOn) - dayOf(arriveBy);
  if (daysLate > 0)
    return refused({
      code: 'campaign-stock-late',
      campaignId: signal.id,
      sku,
      arriveBy,
      arrivesOn,
      daysLate,
    });
  return ok({ orderBy: dayAfter(arriveBy, -leadTimeDays) });
}

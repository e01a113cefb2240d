import { ok, type Result, refused } from '../../kernel/result.ts';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { feasts } from './feasts.ts';

/** The days of a campaign: its own, or those around a feast. */
type CampaignDays =
  | { readonly firstDay: CalendarDate; readonly lastDay: CalendarDate }
  | {
      readonly feast: string;
      readonly year: number;
      readonly daysBefore: number;
      readonly daysAfter: number;
    };

export type CampaignProblem = 'no-such-feast' | 'year-not-in-table' | 'days-reversed';

/** The first and the last day. Refused for a feast or a year that is unknown, and for days that are reversed. */
export function campaignDays(
  days: CampaignDays,
): Result<{ readonly firstDay: CalendarDate; readonly lastDay: CalendarDate }, CampaignProblem> {
  if ('firstDay' in days) return days.firstDay > days.lastDay ? refused('days-reversed') : ok(days);
  const feast = feasts.find(({ code }) => code === days.feast);
  if (feast === undefined) return refused('no-such-feast');
  const day = feast.dayIn(days.year);
  if (day === undefined) return refused('year-not-in-table');
  return ok({ firstDay: dayAfter(day, -days.daysBefore), lastDay: dayAfter(day, days.daysAfter) });
}

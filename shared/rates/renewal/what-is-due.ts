import { type CalendarDate, dayAfter, type Instant } from '../../kernel/time.ts';
import { calendarDateIn, timeOfDayIn } from '../../kernel/zoned-time.ts';
import { monthAfter, secondLastThursday, secondLastWednesday } from '../published/customs-month.ts';
import { ecbDayUpTo } from '../published/publication-days.ts';

/** A few minutes after 16:00, at which the European Central Bank usually publishes. */
const ECB_PUBLISHES_AT = '16:05';
const ECB_TIME_ZONE = 'Europe/Berlin';

/** The latest day whose rates the European Central Bank should have published by now. */
export function latestEcbDay(now: Instant): CalendarDate {
  const today = calendarDateIn(ECB_TIME_ZONE, now);
  return ecbDayUpTo(timeOfDayIn(ECB_TIME_ZONE, now) < ECB_PUBLISHES_AT ? dayAfter(today, -1) : today);
}

/** A month whose customs rates may be wanted. */
export interface CustomsMonth {
  readonly month: string;
  /** Whether its rates are in use now. Those of the next month may be published later than expected. */
  readonly isCurrent: boolean;
}

/** The months whose customs rates in the Union are decided by now: this one, and late in a month the next. */
export const euMonthsDecided = (now: Instant): CustomsMonth[] =>
  monthsFrom(now.slice(0, 7), latestEcbDay(now) >= secondLastWednesday(now.slice(0, 7)));

/** The months whose customs rates HM Revenue & Customs should have published by now. */
export const hmrcMonthsPublished = (now: Instant): CustomsMonth[] =>
  monthsFrom(now.slice(0, 7), now.slice(0, 10) >= secondLastThursday(now.slice(0, 7)));

function monthsFrom(month: string, hasNext: boolean): CustomsMonth[] {
  const current = { month, isCurrent: true };
  return hasNext ? [current, { month: monthAfter(month), isCurrent: false }] : [current];
}

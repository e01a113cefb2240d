import type { CalendarDate } from '../../kernel/time.ts';
import type { ScheduleLine } from './schedule.ts';

/** Whether the line holds on the day. A season may run over the end of the year. */
export function isInSeason({ season }: Pick<ScheduleLine, 'season'>, date: CalendarDate): boolean {
  if (season === undefined) return true;
  const day = date.slice(5);
  const { from, to } = season;
  return from <= to ? from <= day && day <= to : day >= from || day <= to;
}

const DAY_MS = 86_400_000;

/** The period before the present one, as the API names it: `2026-11-30`, `2026-W48`, `2026-11`. Days are of UTC. */
export function lastPeriod(kind: 'day' | 'week' | 'month', now: Date): string {
  if (kind === 'day') return dayOf(new Date(now.getTime() - DAY_MS));
  if (kind === 'month')
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
  return weekOf(new Date(now.getTime() - 7 * DAY_MS));
}

const dayOf = (day: Date): string => day.toISOString().slice(0, 10);

/** ISO 8601: a week belongs to the year of its Thursday. */
function weekOf(day: Date): string {
  const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
  const thursday = new Date(day.getTime() + (4 - weekday) * DAY_MS);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = 1 + Math.floor((thursday.getTime() - first) / (7 * DAY_MS));
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

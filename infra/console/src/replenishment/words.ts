/** A calendar day, or the day of an instant in the reader's time zone. */
export function day(at: string): string {
  const isDay = at.length === 10;
  const format = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    ...(isDay ? { timeZone: 'UTC' } : {}),
  });
  return format.format(new Date(isDay ? `${at}T00:00:00Z` : at));
}

/** A figure with two decimals at most. */
export const figure = (value: number): string =>
  value.toLocaleString(undefined, { maximumFractionDigits: 2 });

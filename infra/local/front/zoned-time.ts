/** A wall-clock time in some time zone; the month counts from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the IANA time zone shows at the instant. Throws a RangeError for an unknown time zone. */
export function toLocalTime(instant: Date, timeZone: string): LocalTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/**
 * The instant at which a clock in the time zone shows this time: the earlier one when the clock shows it twice
 * (it is put back), undefined when it never does (it is put forward).
 */
export function toInstant(time: LocalTime, timeZone: string): Date | undefined {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  if (timeZone === 'UTC') return new Date(asUtc);
  // No zone changes its offset twice within two days, so one of these two offsets is the one in force.
  const offsets = [offsetAt(asUtc - dayMs, timeZone), offsetAt(asUtc + dayMs, timeZone)];
  const instants = offsets.map((offsetMs) => asUtc - offsetMs);
  const real = instants.filter((instant, index) => offsetAt(instant, timeZone) === offsets[index]);
  return real.length === 0 ? undefined : new Date(Math.min(...real));
}

function offsetAt(instantMs: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = toLocalTime(new Date(instantMs), timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instantMs / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

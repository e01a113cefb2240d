/** The longest history that is read: older days say little of the days to come. */
export const MAX_DAYS = 1_096;

/** What a method knows of a series: the days so far, and what is usual of the weekdays to come. */
export interface History {
  /** Units of each day so far. */
  readonly units: Float64Array;
  /** 1 for a day whose demand is known; 0 for a day without stock and for a day on which the shop was closed. */
  readonly known: Uint8Array;
  /**
   * How many times the usual demand a day has, by its weekday: 1 on average, 0 where the shop is closed. Of the days so
   * far, and of those that are forecast.
   */
  readonly factors: Float64Array;
  /** How many days are forecast. */
  readonly horizon: number;
}

/** Days with a lower factor say nothing of the level. */
export const MIN_FACTOR = 0.1;

/** Whether a day says something of the level of the demand. */
export const saysLevel = ({ known, factors }: History, day: number): boolean =>
  known[day] === 1 && (factors[day] ?? 0) >= MIN_FACTOR;

import * as z from 'zod';
import { givenCountrySchema } from '../kernel/places/given-country.ts';

/** A whole distribution: shares are in basis points, hundredths of a per cent. */
export const WHOLE_SHARE = 10_000;

const share = z
  .int()
  .min(1, 'a share is at least 1 basis point')
  .max(WHOLE_SHARE, 'a share is at most 10000');

/** The calendar dates of holidays. */
export const datesSchema = z
  .array(z.iso.date('a calendar date, such as 2026-12-25'))
  .max(400)
  .meta({ description: 'Calendar dates', example: ['2026-12-25'] });

/**
 * The measured transit times of a lane: the share of its parcels that had arrived after a number of the carrier's
 * delivery days from hand-over, and the share that had passed customs after a number of hours. Shares are cumulative.
 */
export const transitSchema = z
  .strictObject({
    days: z
      .array(z.strictObject({ days: z.int().min(0).max(120), share }))
      .min(1)
      .max(60),
    /** Only for parcels that cross a customs border. If empty, the days include customs. */
    customs: z
      .array(z.strictObject({ hours: z.int().min(0).max(2_000), share }))
      .max(40)
      .default([]),
    /** On which weekdays the carrier delivers: 1 is Monday, 7 is Sunday. */
    deliveryDays: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5]),
    /** Days without deliveries in a country. */
    holidays: z
      .array(z.strictObject({ country: givenCountrySchema, dates: datesSchema }))
      .max(250)
      .default([]),
    /** The percentage of parcels that arrive within the promise. */
    percentile: z.int().min(1).max(99).default(90),
  })
  .superRefine(({ days, customs }, { addIssue }) => {
    for (const [name, key, rows] of [
      ['days', 'days', days.map((row) => ({ at: row.days, share: row.share }))],
      ['customs', 'hours', customs.map((row) => ({ at: row.hours, share: row.share }))],
    ] as const)
      for (const { index, field, message } of problemsOf(rows, key))
        addIssue({ code: 'custom', path: [name, index, field], message });
  })
  .meta({ id: 'TransitTimes' });

export type Transit = z.infer<typeof transitSchema>;

function problemsOf(rows: readonly { readonly at: number; readonly share: number }[], key: string) {
  const problems: { index: number; field: string; message: string }[] = [];
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before !== undefined && row.at <= before.at)
      problems.push({
        index,
        field: key,
        message: `more ${key} than ${before.at}, which the row before has`,
      });
    if (before !== undefined && row.share <= before.share)
      problems.push({
        index,
        field: 'share',
        message: `shares are cumulative: more than ${before.share}, which the row before has`,
      });
    if (index === rows.length - 1 && row.share !== WHOLE_SHARE)
      problems.push({ index, field: 'share', message: `the last share is ${WHOLE_SHARE}: all parcels` });
  }
  return problems;
}

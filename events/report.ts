import * as z from 'zod';
import { currencySchema } from '../shared/kernel/currency.ts';
import { instantSchema } from '../shared/kernel/time.ts';

const bytes = z.int().min(0);

/** A report of the lake was stored: other systems can fetch it. It has figures of no person. */
export const ReportReady = {
  name: 'report.ready',
  version: 1,
  description:
    'A report was made, or made again with other figures. `href` answers it as JSON, CSV or a page; `key` is the object ' +
    "in the lake's bucket. The same content may be announced twice: it has the same digest.",
  data: z.strictObject({
    /** The name of the report, such as `sales`. */
    report: z.string(),
    /** A day `2026-11-28`, an ISO week `2026-W48` or a month `2026-11`. */
    period: z.string(),
    periodKind: z.enum(['day', 'week', 'month']),
    timeZone: z.string(),
    currency: currencySchema,
    /** If present, the figures are of this storefront alone. */
    storefrontId: z.string().optional(),
    /** `running`: the period is not over, and the figures grow. */
    status: z.enum(['running', 'over']),
    /** 1 is the first report after the end of its period; 0 is provisional. */
    version: z.int().min(0),
    /** Whether a report of the period was there before with other figures, because facts arrived late. */
    isRestated: z.boolean(),
    madeAt: instantSchema,
    /** SHA-256 of the report as JSON. */
    digest: z.string(),
    /** The path of the report in the API. */
    href: z.string(),
    files: z.array(
      z.strictObject({
        form: z.enum(['json', 'csv', 'html']),
        /** The table of a CSV file. */
        table: z.string().optional(),
        key: z.string(),
        /** Compressed with gzip. */
        bytes,
      }),
    ),
  }),
} as const;

export type ReportReadyData = z.infer<typeof ReportReady.data>;

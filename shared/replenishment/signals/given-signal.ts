import * as z from 'zod';
import { skuSchema } from '../../../events/landed-cost.ts';
import { countrySchema } from '../../kernel/country.ts';
import { type CalendarDate, calendarDateSchema, dayAfter } from '../../kernel/time.ts';
import { ALL_MARKETS } from '../demand/demand-series.ts';
import { type CampaignProblem, campaignDays } from './campaign.ts';
import { feasts } from './feasts.ts';
import type { Signal } from './signal.ts';

/** The most signals of one import: they are written in one transaction. */
const MAX_SIGNALS = 100;
/** A higher factor, or more units a day, is a mistake of a feed. */
const MAX_FACTOR = 100;
const MAX_UNITS_A_DAY = 1_000_000;
/** A feast is no longer than this, before it and after it. */
const MAX_DAYS_AROUND = 60;

/** The code by which a signal is replaced or retired. */
export const signalIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and dashes, at most 64')
  .meta({ description: 'Code of a signal', example: 'black-friday-2026-de' });

const daysWrong: Readonly<Record<CampaignProblem, readonly [field: string, detail: string]>> = {
  'no-such-feast': ['feast', 'there is no such feast'],
  'year-not-in-table': ['year', 'the date of the feast in that year is not known: give the days themselves'],
  'days-reversed': ['lastDay', 'not before the first day'],
};

interface GivenDays {
  readonly firstDay?: CalendarDate | undefined;
  readonly lastDay?: CalendarDate | undefined;
  readonly feast?: string | undefined;
  readonly year?: number | undefined;
  readonly daysBefore?: number | undefined;
  readonly daysAfter?: number | undefined;
}

function resolved({ firstDay, lastDay, feast, year, daysBefore = 0, daysAfter = 0 }: GivenDays) {
  if (feast !== undefined) return campaignDays({ feast, year: year ?? 0, daysBefore, daysAfter });
  return campaignDays({ firstDay: firstDay ?? '', lastDay: lastDay ?? '' });
}

const daysShape = z.strictObject({
  firstDay: calendarDateSchema.optional(),
  lastDay: calendarDateSchema.optional(),
  feast: z.enum(feasts.map(({ code }) => code)).optional(),
  year: z.int().min(2000).max(2100).optional(),
  daysBefore: z.int().min(0).max(MAX_DAYS_AROUND).optional(),
  daysAfter: z.int().min(0).max(MAX_DAYS_AROUND).optional(),
});

const daysSchema = daysShape
  .superRefine((days, { addIssue }) => {
    const { firstDay, lastDay, feast, year, daysBefore, daysAfter } = days;
    const wrong = (path: string[], message: string) => addIssue({ code: 'custom', path, message });
    const hasDays = firstDay !== undefined || lastDay !== undefined;
    const isAround = [year, daysBefore, daysAfter].some((each) => each !== undefined);
    if (hasDays === (feast !== undefined)) wrong([], 'either firstDay and lastDay, or feast and year');
    else if (feast !== undefined && year === undefined) wrong(['year'], 'the year of the feast');
    else if (hasDays && firstDay === undefined) wrong(['firstDay'], 'both days are needed');
    else if (hasDays && lastDay === undefined) wrong(['lastDay'], 'both days are needed');
    else if (hasDays && isAround) wrong(['feast'], 'year, daysBefore and daysAfter need a feast');
    else if (daysShape.safeParse(days).success) {
      // Of a year or days out of their range the field has a problem of its own already.
      const found = resolved(days);
      if (!found.ok) wrong([daysWrong[found.error][0]], daysWrong[found.error][1]);
    }
  })
  .meta({
    id: 'SignalDays',
    description:
      'Either firstDay and lastDay, both included, or the days around a feast, whose date may move. Days are those of the time zone of the merchant (reporting.timeZone), as the days of sales and forecasts are',
  });

const upliftSchema = z
  .strictObject({
    factor: z
      .number()
      .min(0)
      .max(MAX_FACTOR)
      .optional()
      .meta({ description: 'What demand is multiplied with: 1.5 is half as much again' }),
    unitsADay: z
      .number()
      .min(-MAX_UNITS_A_DAY)
      .max(MAX_UNITS_A_DAY)
      .optional()
      .meta({ description: 'Units that each SKU sells more on each day, in all its markets' }),
  })
  .superRefine(({ factor, unitsADay }, { addIssue }) => {
    if ((factor === undefined) === (unitsADay === undefined))
      addIssue({ code: 'custom', path: [], message: 'either factor or unitsADay' });
  })
  .meta({ id: 'SignalUplift' });

/** Something that is known of the demand on some days, as a merchant or a feed gives it. */
export const givenSignalSchema = z
  .strictObject({
    signalId: signalIdSchema,
    kind: z.enum(['holiday', 'campaign', 'feed']),
    markets: z
      .union([z.tuple([z.literal(ALL_MARKETS)]), z.array(countrySchema).min(1).max(100)])
      .meta({ description: 'Countries of destination, or `*` alone for all' }),
    skus: z
      .array(skuSchema)
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'The SKUs that it is about; all goods where SKUs and categories are absent' }),
    categories: z
      .array(
        z.string().regex(/^\d{2}(?:\d{2}(?:\d{2})?)?$/, 'two, four or six digits of the Harmonised System'),
      )
      .min(1)
      .max(200)
      .optional()
      .meta({
        description:
          'Goods that it is about besides the SKUs: those whose code of the Harmonised System begins with these digits',
        example: ['6912'],
      }),
    days: daysSchema,
    uplift: upliftSchema,
    stockDaysBefore: z
      .int()
      .min(0)
      .max(MAX_DAYS_AROUND)
      .default(0)
      .meta({ description: 'Days before the first one by which the stock has to be there' }),
  })
  .meta({ id: 'DemandSignal' });

export type GivenSignal = z.infer<typeof givenSignalSchema>;

/** Signals to store and to retire: all of it is done, or nothing. */
export const signalImportSchema = z
  .strictObject({
    /** Reports what would change and stores nothing. */
    dryRun: z.boolean().default(false),
    signals: z.array(givenSignalSchema).max(MAX_SIGNALS).default([]),
    retired: z.array(signalIdSchema).max(MAX_SIGNALS).default([]),
  })
  .superRefine(({ signals, retired }, { addIssue }) => {
    const wrong = (path: (string | number)[], message: string) => addIssue({ code: 'custom', path, message });
    if (signals.length + retired.length === 0) wrong([], 'at least one signal to store or to retire');
    if (signals.length + retired.length > MAX_SIGNALS) wrong([], `at most ${MAX_SIGNALS} signals in all`);
    const seen = new Set<string>();
    const once = (id: string, path: (string | number)[]) => {
      if (seen.has(id)) wrong(path, 'a signal is named once');
      seen.add(id);
    };
    for (const [index, { signalId }] of signals.entries()) once(signalId, ['signals', index, 'signalId']);
    for (const [index, id] of retired.entries()) once(id, ['retired', index]);
  })
  .meta({ id: 'SignalImport' });

export type SignalImport = z.infer<typeof signalImportSchema>;

/** A signal as it is stored, with the days that it resolves to. */
export const storedSignalSchema = givenSignalSchema
  .extend({
    firstDay: calendarDateSchema,
    lastDay: calendarDateSchema,
    arriveBy: calendarDateSchema.meta({ description: 'The last day on which its stock may arrive' }),
  })
  .meta({ id: 'StoredDemandSignal' });

export type StoredSignal = z.infer<typeof storedSignalSchema>;

/** What a signal does to demand, as forecasts read it. */
export const upliftOf = ({ uplift: { factor, unitsADay = 0 } }: GivenSignal): Signal['uplift'] =>
  factor === undefined ? { unitsADay } : { factor };

/** What is stored of a signal that was checked. Throws for days that can't be resolved. */
export function storedSignal(given: GivenSignal): StoredSignal {
  const days = resolved(given.days);
  if (!days.ok) throw new Error(`the days of ${given.signalId} were not checked: ${days.error}`);
  const { firstDay, lastDay } = days.value;
  return { ...given, firstDay, lastDay, arriveBy: dayAfter(firstDay, -given.stockDaysBefore) };
}

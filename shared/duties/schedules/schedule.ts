import * as z from 'zod';
import { countrySchema } from '../../kernel/country.ts';
import { calendarDateSchema } from '../../kernel/time.ts';
import type { DutyRate } from '../rules/duty-rate-schema.ts';
import { provenanceSchema } from '../rules/schema.ts';

/**
 * What is known of an edition of a schedule: a publisher's whole list of rates as it was on a day. Dates are local to
 * the destination.
 */
export const scheduleHeaderSchema = z
  .strictObject({
    /** The list of rates, as rules name it: `us`, `gb`, `eu`, `jp`. */
    tariff: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and dashes'),
    /** The publisher's name of the edition, or its day: `2025-11`, `2026-07-09`. */
    edition: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,30}$/, 'small letters, digits, dots and dashes'),
    /** The first day on which its rates are used. */
    validFrom: calendarDateSchema,
    /** The last day for which the edition is known to be in force. After it every rate says that it may be old. */
    knownTo: calendarDateSchema,
    /** The edition of the Harmonised System whose codes it has. */
    hs: z.enum(['HS2012', 'HS2017', 'HS2022']),
    /** The act: regulation, article, date. */
    law: z.string().min(8),
    /** The publisher, the file and the day that it was read. */
    source: z.string().min(8),
    provenance: provenanceSchema,
    confidence: z.enum(['high', 'medium', 'low']),
    /** Something that a person must confirm although the source is good. */
    review: z.string().min(5).optional(),
    /** Whether its rates are averages of the lines under a code, and no line of a national schedule. */
    averages: z.literal(true).optional(),
    /**
     * The agreements of its preferential rates by the key of a rate: the code that a proof of origin names, and the
     * countries whose goods the rate is for. An agreement has several keys where its rate depends on the origin. A key
     * that is not listed is the code of its agreement, for goods of any origin.
     */
    agreements: z
      .record(
        z.string(),
        z.strictObject({ agreement: z.string(), origins: z.array(countrySchema).min(1).readonly() }),
      )
      .optional(),
  })
  .meta({ id: 'TariffEdition' });

export type ScheduleHeader = z.infer<typeof scheduleHeaderSchema>;

/** A rate as published, and as we read it. Undefined where the text is no rate that we can compute. */
export interface PublishedRate {
  readonly text: string;
  readonly rate: DutyRate | undefined;
}

/** A line of a schedule. */
export interface ScheduleLine extends PublishedRate {
  /** Two to ten digits. */
  readonly code: string;
  /** The official description; with those of the headings above it where the line alone says little. */
  readonly goods: string;
  /** The days of each year on which the line holds, as `MM-DD`, both included; absent for the whole year. */
  readonly season?: { readonly from: string; readonly to: string } | undefined;
  /** Preferential rates by the code of the agreement, as rules name it, or by a key of the header's `agreements`. */
  readonly preferences?: Readonly<Record<string, PublishedRate>> | undefined;
}

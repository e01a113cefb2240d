import * as z from 'zod';
import { moneySchema } from '../kernel/money.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import type { Place } from '../kernel/places/place.ts';
import { barePostalCode, canonicalPostalPrefix } from '../kernel/places/postal-code.ts';
import { postalPrefixSchema } from '../kernel/places/postal-prefix.ts';
import { calendarDateSchema, timeOfDaySchema, timeZoneSchema } from '../kernel/time.ts';

/** The most places of one slot: its holds are kept in one item of the table. */
const MAX_PLACES = 500;

export const slotKinds = ['timed', 'appointment', 'night', 'day'] as const;

/** A slot that repeats every week. Times are local to the zone. */
const templateSchema = z
  .strictObject({
    /** 1 is Monday, 7 is Sunday: the day on which the slot begins. */
    weekday: z.int().min(1).max(7),
    from: timeOfDaySchema,
    /** Earlier than `from` only in a night slot, which ends on the next day. */
    to: timeOfDaySchema,
    kind: z.enum(slotKinds),
    capacity: z.int().min(1).max(MAX_PLACES),
    /** The surcharge of the slot; if absent, none. */
    surcharge: moneySchema.extend({ amount: z.int().min(1).max(100_000_000) }).optional(),
    /** How many hours before its beginning the slot closes for booking. */
    cutOffHours: z.int().min(0).max(720),
  })
  .meta({ id: 'SlotTemplate' });

export type SlotTemplate = z.infer<typeof templateSchema>;

/** A day with other hours or capacity. With `from` it concerns the slots that begin then, otherwise all. */
const exceptionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('closed'),
      date: calendarDateSchema,
      from: timeOfDaySchema.optional(),
    }),
    z.strictObject({
      kind: z.literal('capacity'),
      date: calendarDateSchema,
      from: timeOfDaySchema.optional(),
      capacity: z.int().min(0).max(MAX_PLACES),
    }),
  ])
  .meta({ id: 'SlotException' });

export const zoneIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,31}$/, 'small letters, digits and dashes')
  .meta({ description: 'Delivery zone code', example: 'de-hamburg' });

/** The zone's fields, without the checks that concern several fields: request bodies are built from it. */
export const zoneShape = z.strictObject({
  zoneId: zoneIdSchema,
  /** The carrier that delivers in these slots. */
  carrier: z.string().trim().min(1).max(40),
  countries: z.array(givenCountrySchema).min(1).max(250),
  /** The beginnings of the postal codes served, without spaces and dashes; empty: the whole countries. */
  postalCodePrefixes: z.array(postalPrefixSchema).max(2_000).default([]),
  timeZone: timeZoneSchema,
  templates: z.array(templateSchema).max(200),
  exceptions: z.array(exceptionSchema).max(400).default([]),
});

/** The area and the slots of a carrier's slot delivery. A zone without templates offers none. */
export const slotZoneSchema = zoneShape
  .overwrite(withCanonicalPrefixes)
  .superRefine(checkZone)
  .meta({ id: 'SlotZone' });

export type SlotZone = z.infer<typeof zoneShape>;

/** The same zone with its postal codes in the form in which they are compared. */
export function withCanonicalPrefixes<Zone extends Pick<SlotZone, 'countries' | 'postalCodePrefixes'>>(
  zone: Zone,
): Zone {
  const [country, ...others] = zone.countries;
  const canonical = (prefix: string) =>
    country === undefined || others.length > 0
      ? barePostalCode(prefix)
      : canonicalPostalPrefix(country, prefix);
  return { ...zone, postalCodePrefixes: zone.postalCodePrefixes.map(canonical) };
}

const isTimeOfDay = (text: string) => timeOfDaySchema.safeParse(text).success;

/** Checks that concern several fields: slots that end before they begin, and duplicates. */
export function checkZone(
  zone: Pick<SlotZone, 'countries' | 'postalCodePrefixes' | 'templates' | 'exceptions'>,
  context: z.core.$RefinementCtx,
): void {
  const wrong = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  const twice = (field: 'countries' | 'postalCodePrefixes' | 'templates' | 'exceptions', names: string[]) => {
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index) wrong([field, index], `the same as entry ${names.indexOf(name)}`);
  };
  for (const [index, { from, to, kind }] of zone.templates.entries()) {
    // An invalid time has its own error already.
    if (!isTimeOfDay(from) || !isTimeOfDay(to)) continue;
    if (to === from) wrong(['templates', index, 'to'], 'the slot ends as it begins');
    if (to < from && kind !== 'night')
      wrong(['templates', index, 'to'], 'only a night slot ends on the next day');
  }
  twice('countries', zone.countries);
  twice('postalCodePrefixes', zone.postalCodePrefixes);
  twice(
    'templates',
    zone.templates.map(({ weekday, from, to, kind }) => `${weekday} ${from} ${to} ${kind}`),
  );
  twice(
    'exceptions',
    zone.exceptions.map(({ date, from }) => `${date} ${from}`),
  );
}

/**
 * The longest of the zone's prefixes that the postal code begins with, empty if the zone covers the whole country;
 * undefined if the zone does not serve the place.
 */
export function prefixServing(zone: SlotZone, place: Place): string | undefined {
  if (!zone.countries.includes(place.country)) return undefined;
  if (zone.postalCodePrefixes.length === 0) return '';
  const code = barePostalCode(place.postalCode ?? '');
  return zone.postalCodePrefixes
    .filter((prefix) => code.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
}

/**
 * The zones that serve the place: for each carrier those that match it most closely, so that a town can have its own.
 */
export function zonesServing(zones: readonly SlotZone[], place: Place): SlotZone[] {
  const serving = zones.flatMap((zone) => {
    const prefix = prefixServing(zone, place);
    return prefix === undefined ? [] : [{ zone, closeness: prefix.length }];
  });
  const closest = new Map<string, number>();
  for (const { zone, closeness } of serving)
    closest.set(zone.carrier, Math.max(closest.get(zone.carrier) ?? 0, closeness));
  return serving
    .filter(({ zone, closeness }) => closest.get(zone.carrier) === closeness)
    .map(({ zone }) => zone);
}

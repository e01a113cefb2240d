import type { SlotZone } from '../../shared/slots/index.ts';

type Template = SlotZone['templates'][number];

export function template(over: Partial<Template> = {}): Template {
  return { weekday: 1, from: '08:00', to: '12:00', kind: 'timed', capacity: 2, cutOffHours: 24, ...over };
}

/** The same slot on every day of the week. */
export function everyDay(over: Partial<Template> = {}): Template[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => template({ ...over, weekday }));
}

/** A part of Berlin, served every day from eight to twelve. */
export function slotZone(over: Partial<SlotZone> = {}): SlotZone {
  return {
    zoneId: 'de-berlin',
    carrier: 'easypost',
    countries: ['DE'],
    postalCodePrefixes: ['10'],
    timeZone: 'Europe/Berlin',
    templates: everyDay(),
    exceptions: [],
    ...over,
  };
}

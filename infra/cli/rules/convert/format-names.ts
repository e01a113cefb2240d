/** The schedules that can be converted, by the name that the command line takes. */
export const FORMAT_NAMES = ['usitc', 'uk-tariff', 'taric'] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];

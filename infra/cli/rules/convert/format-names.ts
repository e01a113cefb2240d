/** The schedules that can be converted, by their names on the command line. */
export const FORMAT_NAMES = ['usitc', 'uk-tariff', 'taric'] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];

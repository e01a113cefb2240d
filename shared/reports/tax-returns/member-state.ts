import { type EuMemberState, isEuMemberState } from '../../kernel/country.ts';

/** The time zone in which a state's authority counts days: that of its capital. */
const zones: Readonly<Record<EuMemberState, string>> = {
  AT: 'Europe/Vienna', BE: 'Europe/Brussels', BG: 'Europe/Sofia', CY: 'Asia/Nicosia', CZ: 'Europe/Prague',
  DE: 'Europe/Berlin', DK: 'Europe/Copenhagen', EE: 'Europe/Tallinn', ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki', FR: 'Europe/Paris', GR: 'Europe/Athens', HR: 'Europe/Zagreb', HU: 'Europe/Budapest',
  IE: 'Europe/Dublin', IT: 'Europe/Rome', LT: 'Europe/Vilnius', LU: 'Europe/Luxembourg', LV: 'Europe/Riga',
  MT: 'Europe/Malta', NL: 'Europe/Amsterdam', PL: 'Europe/Warsaw', PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest', SE: 'Europe/Stockholm', SI: 'Europe/Ljubljana', SK: 'Europe/Bratislava',
}; // biome-ignore format: a table reads better in columns

export const zoneOf = (memberState: EuMemberState): string => zones[memberState];

/** The member state whose code a number such as an EORI begins with; undefined if it is not a member state's. */
export function memberStateOfNumber(number: string | undefined): EuMemberState | undefined {
  const country = number?.slice(0, 2) ?? '';
  return isEuMemberState(country) ? country : undefined;
}

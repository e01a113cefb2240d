import type { EuMemberState } from './country.ts';

/** ISO 3166-1 numeric codes of the member states, as IOSS numbers carry them behind `IM`. */
const memberStateByNumber: Readonly<Record<string, EuMemberState>> = {
  '040': 'AT', '056': 'BE', '100': 'BG', '191': 'HR', '196': 'CY', '203': 'CZ', '208': 'DK', '233': 'EE',
  '246': 'FI', '250': 'FR', '276': 'DE', '300': 'GR', '348': 'HU', '372': 'IE', '380': 'IT', '428': 'LV',
  '440': 'LT', '442': 'LU', '470': 'MT', '528': 'NL', '616': 'PL', '620': 'PT', '642': 'RO', '703': 'SK',
  '705': 'SI', '724': 'ES', '752': 'SE',
}; // biome-ignore format: a table reads better in columns

/** The member state that issued an IOSS number: `IM276…` is Germany's. Undefined if the text isn't an IOSS number. */
export function memberStateOfIoss(iossNumber: string): EuMemberState | undefined {
  return /^IM\d{10}$/.test(iossNumber) ? memberStateByNumber[iossNumber.slice(2, 5)] : undefined;
}

import type { Country } from './country.ts';

interface Territory {
  readonly name: string;
  readonly country: Country;
  /** Postal codes of the territory, spaces left out, capitals. */
  readonly postalCodes: RegExp;
}

/**
 * Parts of countries that are outside their customs territory or outside their VAT, or have rates of their own:
 * Directive 2006/112/EC Art. 6; Regulation (EU) 952/2013 Art. 4; the Windsor Framework for Northern Ireland.
 * Madeira and the Azores are inside both and have their own VAT rates (Directive 2006/112/EC Art. 105). Elsewhere:
 * Svalbard and Jan Mayen (Norwegian VAT Act § 1-2), the Swiss customs exclusion area of Samnaun, Australia's external
 * territories outside its GST, the designated areas of Malaysia's Sales Tax Act 2018, Indonesia's free zone of Batam.
 */
const territories: readonly Territory[] = [
  { name: 'Northern Ireland', country: 'GB', postalCodes: /^BT/ },
  { name: 'Jersey', country: 'GB', postalCodes: /^JE/ },
  { name: 'Guernsey', country: 'GB', postalCodes: /^GY/ },
  { name: 'the Isle of Man', country: 'GB', postalCodes: /^IM/ },
  { name: 'the Canary Islands', country: 'ES', postalCodes: /^(35|38)\d{3}$/ },
  { name: 'Ceuta', country: 'ES', postalCodes: /^51\d{3}$/ },
  { name: 'Melilla', country: 'ES', postalCodes: /^52\d{3}$/ },
  { name: 'Büsingen', country: 'DE', postalCodes: /^78266$/ },
  { name: 'Heligoland', country: 'DE', postalCodes: /^27498$/ },
  { name: 'Livigno', country: 'IT', postalCodes: /^23041$/ },
  { name: "Campione d'Italia", country: 'IT', postalCodes: /^22061$/ },
  { name: 'the French overseas departments', country: 'FR', postalCodes: /^97\d{3}$|^98[4-9]\d{2}$/ },
  { name: 'Åland', country: 'FI', postalCodes: /^22\d{3}$/ },
  { name: 'Mount Athos', country: 'GR', postalCodes: /^63086$/ },
  { name: 'Madeira', country: 'PT', postalCodes: /^9[0-4]\d{2}/ },
  { name: 'Svalbard', country: 'NO', postalCodes: /^917\d$/ },
  { name: 'Jan Mayen', country: 'NO', postalCodes: /^8099$/ },
  { name: 'Samnaun', country: 'CH', postalCodes: /^756[23]$/ },
  { name: 'Norfolk Island', country: 'AU', postalCodes: /^2899$/ },
  { name: 'Christmas Island and the Cocos Islands', country: 'AU', postalCodes: /^679[89]$/ },
  { name: 'Labuan', country: 'MY', postalCodes: /^870\d\d$/ },
  { name: 'Langkawi', country: 'MY', postalCodes: /^070\d\d$/ },
  { name: 'Batam', country: 'ID', postalCodes: /^294\d\d$/ },
  { name: 'the Azores', country: 'PT', postalCodes: /^9[5-9]\d{2}/ },
];

/** The territory with rules of its own that the postal code is in; undefined elsewhere or without a code. */
export function specialTerritory(place: {
  readonly country: Country;
  readonly postalCode?: string | undefined;
}): string | undefined {
  const code = place.postalCode?.replaceAll(/\s/g, '').toUpperCase();
  if (code === undefined) return undefined;
  return territories.find(({ country, postalCodes }) => country === place.country && postalCodes.test(code))
    ?.name;
}

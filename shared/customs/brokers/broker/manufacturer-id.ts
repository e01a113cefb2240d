import type { DeclarationParty } from '../../broker.ts';

/**
 * The manufacturer's identification by the rule of CBP form 7501's instructions, block 13 (19 CFR part 102,
 * appendix): the country; the first three letters of the first two words of the name; up to four digits of the
 * largest number in the street line; the first three letters of the city. At most 15 characters.
 */
export function writeManufacturerId(party: DeclarationParty): string {
  const words = lettersAndDigits(party.name).split(' ').filter(isCounted);
  const name = words
    .slice(0, 2)
    .map((word) => word.slice(0, 3))
    .join('');
  const numbers = party.line1.match(/\d+/g) ?? [];
  const largest = numbers.reduce((max, one) => (Number(one) > Number(max) ? one : max), '');
  const city = lettersAndDigits(party.city).replaceAll(' ', '').slice(0, 3);
  return `${party.country}${name}${largest.slice(0, 4)}${city}`;
}

/** Words that the rule skips. */
const isCounted = (word: string) => !['', 'A', 'AN', 'AND', 'OF', 'THE'].includes(word);

/** Capitals without accents and punctuation, as the rule requires. */
function lettersAndDigits(text: string): string {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 ]/g, '');
}

import type { DeclarationParty } from '../../broker.ts';

/**
 * The manufacturer's identification code, by the instructions for block 13 of CBP form 7501 (19 CFR part 102,
 * appendix). It consists of the country, the first three letters of each of the first two words of the name, up to four
 * digits of the largest number in the street line, and the first three letters of the city: at most 15 characters.
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

/** Whether the rule counts this word. It skips short words such as "of" and "the". */
const isCounted = (word: string) => !['', 'A', 'AN', 'AND', 'OF', 'THE'].includes(word);

/** The text in capitals, without accents or punctuation, as the rule requires. */
function lettersAndDigits(text: string): string {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 ]/g, '');
}

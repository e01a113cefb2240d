/** The value of a character in ISO 6346. Letters count from 10, and no letter has a multiple of 11. */
function readValue(character: string): number {
  if (/\d/.test(character)) return Number(character);
  const place = character.charCodeAt(0) - 'A'.charCodeAt(0);
  const value = 10 + place;
  // 11 (between A and B), 22 (between K and L) and 33 (between U and V) are skipped.
  return value + (place > 0 ? 1 : 0) + (place > 10 ? 1 : 0) + (place > 20 ? 1 : 0);
}

/** The check character of ISO 6346: the sum of value times 2^position, modulo 11. A result of 10 is written as 0. */
export function checkCharacter(text: string): string {
  const sum = [...text].reduce((total, character, place) => total + readValue(character) * 2 ** place, 0);
  return String((sum % 11) % 10);
}

/**
 * A movement reference number: the year (2 digits), the country (2 letters), 12 characters that the authority chooses, R
 * in place 17 for an import declaration, and a check character in place 18. Source: Implementing Regulation (EU)
 * 2015/2447, Annex B, data element MRN. CDS uses the same form.
 */
export function writeMrn(year: number, country: string, number: number, office: string): string {
  const body = `${String(year % 100).padStart(2, '0')}${country}${office.padEnd(4, '0').slice(0, 4)}${number.toString(36).toUpperCase().padStart(8, '0')}R`;
  return body + checkCharacter(body);
}

/** A US entry number in the form of CATAIR appendix E: filer code (3), seven digits, one check digit modulo 10. */
export function writeEntryNumber(filer: string, number: number): string {
  const body = `${filer}${String(number % 10_000_000).padStart(7, '0')}`;
  const sum = [...body].reduce((total, character, place) => {
    const value = /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 64) % 10;
    const product = value * (place % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

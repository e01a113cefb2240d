import type { Country } from '../country.ts';
import { lookUp } from '../look-up.ts';

/**
 * Countries and territories where addresses have no postal code, or where post arrives without one (Ireland's Eircode
 * belongs to one address and is optional). Universal Postal Union, postal addressing systems, 2024.
 */
const WITHOUT_POSTAL_CODES: ReadonlySet<Country> = new Set([
  'AE', 'AG', 'AO', 'AW', 'BF', 'BI', 'BJ', 'BO', 'BS', 'BW', 'BZ', 'CD', 'CF', 'CG', 'CI', 'CK', 'CM',
  'DJ', 'DM', 'ER', 'FJ', 'GA', 'GD', 'GM', 'GN', 'GQ', 'GY', 'HK', 'IE', 'JM', 'KI', 'KM', 'KN', 'KP', 'LY',
  'ML', 'MO', 'MR', 'MW', 'NR', 'NU', 'PA', 'QA', 'RW', 'SB', 'SC', 'SL', 'SR', 'ST', 'SY', 'TD', 'TG', 'TK',
  'TL', 'TO', 'TV', 'UG', 'VU', 'YE', 'ZW',
]); // biome-ignore format: a table reads better in columns

/** Whether an address there is incomplete without a postal code. */
export function needsPostalCode(country: Country): boolean {
  return !WITHOUT_POSTAL_CODES.has(country);
}

/** Whether the country has postal codes at all. Where it has none, what is written in their place says nothing. */
export function hasPostalCodes(country: Country): boolean {
  return needsPostalCode(country) || lookUp(SHAPES, country) !== undefined;
}

/**
 * The shapes of a country's postal codes as they are printed: N is a digit, A a letter, X either; n and a are a digit
 * and a letter that name a smaller part of the same place and are left out of the canonical form (ZIP+4). Universal
 * Postal Union, postal addressing systems and their country sheets, 2024. A country that is not listed has any code of
 * letters and digits, printed without separators.
 */
// biome-ignore format: a table reads better in columns
const SHAPES: Readonly<Record<Country, readonly string[]>> = {
  AR: ['NNNN', 'aNNNNaaa'], AT: ['NNNN'], AU: ['NNNN'], BE: ['NNNN'], BG: ['NNNN'], BH: ['NNN', 'NNNN'],
  BR: ['NNNNN-NNN'], CA: ['ANA NAN'], CH: ['NNNN'], CL: ['NNN NNNN'], CN: ['NNNNNN'], CO: ['NNNNNN'],
  CY: ['NNNN'], CZ: ['NNN NN'], DE: ['NNNNN'], DK: ['NNNN'], EE: ['NNNNN'], ES: ['NNNNN'],
  FI: ['NNNNN'], FR: ['NNNNN'],
  GB: ['AN NAA', 'ANN NAA', 'AAN NAA', 'AANN NAA', 'ANA NAA', 'AANA NAA', 'AAAA NAA'],
  GR: ['NNN NN'], HR: ['NNNNN'], HU: ['NNNN'], ID: ['NNNNN'], IE: ['ANX XXXX'], IL: ['NNNNNNN', 'NNNNN'],
  IM: ['AAN NAA', 'AANN NAA'], IN: ['NNNNNN'], IS: ['NNN'], IT: ['NNNNN'], JP: ['NNN-NNNN'], KE: ['NNNNN'], KR: ['NNNNN'], KW: ['NNNNN'],
  LB: ['NNNN NNNN', 'NNNN'], LI: ['NNNN'], LT: ['NNNNN'], LU: ['NNNN'], LV: ['NNNN'], MC: ['NNNNN'],
  MT: ['AAA NNNN'], MX: ['NNNNN'], MY: ['NNNNN'], NG: ['NNNNNN'], NL: ['NNNN AA'], NO: ['NNNN'], NZ: ['NNNN'],
  PH: ['NNNN'], PL: ['NN-NNN'], PT: ['NNNN-NNN'], RO: ['NNNNNN'], SA: ['NNNNN', 'NNNNNnnnn'],
  SE: ['NNN NN'], SG: ['NNNNNN'], SI: ['NNNN'], SK: ['NNN NN'], TH: ['NNNNN'],
  TR: ['NNNNN'], TW: ['NNN', 'NNNNN', 'NNNNNN'], US: ['NNNNN', 'NNNNNnnnn'], VN: ['NNNNN', 'NNNNNN'],
  ZA: ['NNNN'],
};

/**
 * What is written before a code beside the country's own two letters: the signs that CEPT Recommendation T/SF 1 took
 * from vehicles, the Union's code for Greece, that of Åland, and Japan's postal mark.
 */
const SIGNS: Readonly<Record<Country, readonly string[]>> = {
  AT: ['A'],
  BE: ['B'],
  DE: ['D'],
  ES: ['E'],
  FI: ['FIN', 'AX'],
  FR: ['F'],
  GR: ['EL'],
  HU: ['H'],
  IT: ['I'],
  JP: ['〒'],
  LI: ['FL'],
  LU: ['L'],
  NO: ['N'],
  PT: ['P'],
  SE: ['S'],
  SI: ['SLO'],
};

const CLASSES: Readonly<Record<string, string>> = {
  N: '(\\d)',
  A: '([A-Z])',
  X: '([A-Z\\d])',
  n: '\\d',
  a: '[A-Z]',
};

interface Shape {
  readonly pattern: RegExp;
  /** The printed form: `$1$2$3-$4`. */
  readonly printed: string;
}

const read = new Map<Country, readonly Shape[]>();

function shapesOf(country: Country): readonly Shape[] | undefined {
  const known = read.get(country);
  const written = known === undefined ? lookUp(SHAPES, country) : undefined;
  if (written === undefined) return known;
  const shapes = written.map(readShape);
  read.set(country, shapes);
  return shapes;
}

function readShape(shape: string): Shape {
  let kept = 0;
  let pattern = '';
  let printed = '';
  for (const letter of shape) {
    const read = CLASSES[letter];
    pattern += read ?? '';
    if (read === undefined) printed += letter;
    else if (read.startsWith('(')) {
      kept += 1;
      printed += `$${kept}`;
    }
  }
  return { pattern: new RegExp(`^${pattern}$`), printed };
}

/**
 * A postal code, or the beginning of one, without what spellings differ in: in capitals, without spaces, dashes and
 * points. Patterns, prefixes and ranges are compared in this form.
 */
export function barePostalCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[ \p{Pd}.]/gu, '');
}

/**
 * The one form in which a postal code is stored and compared: as the country's post prints it, without a country prefix
 * and without the digits that name a part of the place. `FI-22100`, `22 100` and `22100` are `22100`; `sw1a1aa` is
 * `SW1A 1AA`; `10001-1234` is `10001`. Undefined if the text can't be a postal code of the country.
 */
export function canonicalPostalCode(country: Country, text: string): string | undefined {
  const shapes = shapesOf(country);
  const whole = barePostalCode(text);
  if (shapes === undefined) return /^[A-Z\d]{2,12}$/.test(whole) ? whole : undefined;
  const prefixes = ['', country, ...(lookUp(SIGNS, country) ?? [])];
  for (const prefix of prefixes) {
    if (!whole.startsWith(prefix)) continue;
    const bare = whole.slice(prefix.length);
    const shape = shapes.find(({ pattern }) => pattern.test(bare));
    if (shape !== undefined) return bare.replace(shape.pattern, shape.printed);
  }
  return undefined;
}

/**
 * The beginning of a country's postal codes as it is compared with codes: bare, without a country prefix, and without
 * what a whole code loses. `FI-22` is `22`, `SW1A 1` is `SW1A1`, `10001-1234` is `10001`.
 */
export function canonicalPostalPrefix(country: Country, text: string): string {
  const code = canonicalPostalCode(country, text);
  if (code !== undefined) return barePostalCode(code);
  const whole = barePostalCode(text);
  const isNumeric = lookUp(SHAPES, country)?.every((shape) => /^[Na]/.test(shape)) ?? false;
  const sign = [country, ...(lookUp(SIGNS, country) ?? [])].find((each) => whole.startsWith(each));
  const rest = whole.slice(sign?.length ?? 0);
  return isNumeric && /^\d/.test(rest) ? rest : whole;
}

/** Which shapes the postal codes of the country have, for the caller whose code has none of them. */
export function postalCodeShapes(country: Country): string {
  const shapes = lookUp(SHAPES, country)?.map((shape) => shape.replaceAll('n', 'N').replaceAll('a', 'A'));
  return shapes === undefined
    ? `a postal code of ${country} has 2 to 12 letters and digits`
    : `a postal code of ${country} has the shape ${shapes.join(' or ')} (N a digit, A a letter, X either)`;
}

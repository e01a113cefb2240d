import type { Country } from './country.ts';

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

/**
 * The shapes of a country's postal codes: N is a digit, A a letter, X either, any other letter is itself. Spaces and
 * dashes may be left out. Universal Postal Union, postal addressing systems and their country sheets, 2024. A country
 * that is not listed accepts any code.
 */
// biome-ignore format: a table reads better in columns
const SHAPES: Readonly<Record<Country, readonly string[]>> = {
  AR: ['NNNN', 'ANNNNAAA'], AT: ['NNNN'], AU: ['NNNN'], BE: ['NNNN'], BG: ['NNNN'], BH: ['NNN', 'NNNN'],
  BR: ['NNNNN-NNN'], CA: ['ANA NAN'], CH: ['NNNN'], CL: ['NNN NNNN'], CN: ['NNNNNN'], CO: ['NNNNNN'],
  CY: ['NNNN'], CZ: ['NNN NN'], DE: ['NNNNN'], DK: ['NNNN', 'DK-NNNN'], EE: ['NNNNN'], ES: ['NNNNN'],
  FI: ['NNNNN', 'FI-NNNNN'], FR: ['NNNNN'], GB: ['AN NAA', 'ANN NAA', 'AAN NAA', 'AANN NAA', 'ANA NAA', 'AANA NAA'],
  GR: ['NNN NN'], HR: ['NNNNN', 'HR-NNNNN'], HU: ['NNNN'], ID: ['NNNNN'], IE: ['ANX XXXX'], IL: ['NNNNNNN', 'NNNNN'],
  IN: ['NNN NNN'], IS: ['NNN'], IT: ['NNNNN'], JP: ['NNN-NNNN'], KE: ['NNNNN'], KR: ['NNNNN'], KW: ['NNNNN'],
  LB: ['NNNN NNNN', 'NNNN'], LT: ['NNNNN', 'LT-NNNNN'], LU: ['NNNN', 'L-NNNN'], LV: ['LV-NNNN', 'NNNN'],
  MT: ['AAA NNNN'], MX: ['NNNNN'], MY: ['NNNNN'], NG: ['NNNNNN'], NL: ['NNNN AA'], NO: ['NNNN'], NZ: ['NNNN'],
  PH: ['NNNN'], PL: ['NN-NNN'], PT: ['NNNN-NNN'], RO: ['NNNNNN'], SA: ['NNNNN', 'NNNNN-NNNN'],
  SE: ['NNN NN', 'SE-NNN NN'], SG: ['NNNNNN'], SI: ['NNNN', 'SI-NNNN'], SK: ['NNN NN'], TH: ['NNNNN'],
  TR: ['NNNNN'], TW: ['NNN', 'NNNNN', 'NNNNNN'], US: ['NNNNN', 'NNNNN-NNNN'], VN: ['NNNNN', 'NNNNNN'],
  ZA: ['NNNN'],
};

const CLASSES: Readonly<Record<string, string>> = {
  N: '\\d',
  A: '[A-Z]',
  X: '[A-Z\\d]',
  ' ': '[ -]?',
  '-': '[ -]?',
};

const patterns = new Map(
  Object.entries(SHAPES).map(([country, shapes]) => [
    country,
    shapes.map((shape) => patternOf(shape, country)),
  ]),
);

/** A prefix that is written out in a shape (`LV-`) matches itself. */
function patternOf(shape: string, country: Country): RegExp {
  const prefix = /^([A-Z]{1,2})-/.exec(shape)?.[1];
  const isSpelled = prefix !== undefined && country.startsWith(prefix);
  const [head, rest] = isSpelled ? [`${prefix}[ -]?`, shape.slice(prefix.length + 1)] : ['', shape];
  return new RegExp(`^${head}${[...rest].map((letter) => CLASSES[letter] ?? letter).join('')}$`, 'i');
}

/**
 * Why the text can't be a postal code of the country, with the shapes of its codes; undefined when it can be one. Case
 * and separators are ignored.
 */
export function postalCodeProblem(country: Country, postalCode: string): string | undefined {
  const shapes = SHAPES[country];
  if (shapes === undefined || patterns.get(country)?.some((pattern) => pattern.test(postalCode)))
    return undefined;
  return `a postal code of ${country} has the shape ${shapes.join(' or ')} (N a digit, A a letter, X either)`;
}

/** An issue at `postalCode` when it does not fit the country; for the refinement of a schema. */
export function checkPostalCode(
  { country, postalCode }: { readonly country: Country; readonly postalCode?: string | undefined },
  addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void,
): void {
  const problem = postalCode === undefined ? undefined : postalCodeProblem(country, postalCode);
  if (problem !== undefined) addIssue({ code: 'custom', path: ['postalCode'], message: problem });
}

import type { Country } from './country.ts';

interface TaxIdRule {
  /** The name of the number in that country. */
  readonly name: string;
  /** Whether an import can't be declared without the number. */
  readonly isDemanded: boolean;
  /** In capitals, without separators. */
  readonly shapes: readonly RegExp[];
  readonly shapeInWords: string;
  /** Whether the check digits match the other digits; absent where the authority publishes no check. */
  readonly checks?: (number: string) => boolean;
}

/**
 * Numbers by which customs know a parcel's consignee, in countries where an import is declared in the consignee's name.
 * Shapes and checks are those of the issuing authority: Receita Federal (CPF), Korea Customs Service (personal customs
 * clearance code), AFIP and ANSES (CUIT, CUIL), Israel's Population Authority, GB 11643 (China), Nüfus (T.C. kimlik
 * no), SII (RUT), SAT (RFC), Registraduría (cédula), Dukcapil and DJP (NIK, NPWP), UIDAI, Income Tax Department and
 * Passport Seva (India).
 */
const rules: Readonly<Record<Country, TaxIdRule>> = {
  AR: {
    name: 'CUIT or CUIL',
    isDemanded: true,
    shapes: [/^\d{11}$/],
    shapeInWords: 'NN-NNNNNNNN-N',
    checks: checksCuit,
  },
  BR: {
    name: 'CPF',
    isDemanded: true,
    shapes: [/^\d{11}$/],
    shapeInWords: 'NNN.NNN.NNN-NN',
    checks: checksCpf,
  },
  CL: {
    name: 'RUT',
    isDemanded: true,
    shapes: [/^\d{7,8}[\dK]$/],
    shapeInWords: 'NN.NNN.NNN-N or -K',
    checks: checksRut,
  },
  CN: {
    name: 'resident identity number',
    isDemanded: true,
    shapes: [/^\d{17}[\dX]$/],
    shapeInWords: '17 digits and a digit or X',
    checks: checksResidentIdentity,
  },
  CO: { name: 'cédula', isDemanded: true, shapes: [/^\d{6,10}$/], shapeInWords: '6 to 10 digits' },
  ID: {
    name: 'NIK or NPWP',
    isDemanded: true,
    shapes: [/^\d{15,16}$/],
    shapeInWords: '16 digits, or 15 of an earlier NPWP',
  },
  IL: {
    name: 'identity number',
    isDemanded: true,
    shapes: [/^\d{9}$/],
    shapeInWords: '9 digits',
    checks: checksIsraeliIdentity,
  },
  IN: {
    name: 'Aadhaar, PAN or passport number',
    isDemanded: true,
    shapes: [/^[2-9]\d{11}$/, /^[A-Z]{5}\d{4}[A-Z]$/, /^[A-Z]\d{7}$/],
    shapeInWords: '12 digits, AAAAANNNNA or ANNNNNNN',
  },
  KR: {
    name: 'personal customs clearance code',
    isDemanded: true,
    shapes: [/^P\d{12}$/],
    shapeInWords: 'P and 12 digits',
  },
  MX: {
    name: 'RFC',
    isDemanded: false,
    shapes: [/^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/],
    shapeInWords: '3 or 4 letters, 6 digits, 3 letters or digits',
  },
  TR: {
    name: 'T.C. kimlik no',
    isDemanded: true,
    shapes: [/^[1-9]\d{10}$/],
    shapeInWords: '11 digits',
    checks: checksKimlik,
  },
};

/** The name of the number that an import into the country can't be declared without; undefined where none is needed. */
export function demandedTaxId(country: Country): string | undefined {
  const rule = rules[country];
  return rule?.isDemanded === true ? rule.name : undefined;
}

/** The number as a declaration has it: capitals, without points, dashes, slashes and spaces. */
export function bareTaxId(taxId: string): string {
  return taxId.replaceAll(/[\s./-]/g, '').toUpperCase();
}

/**
 * Why the text can't be a consignee's number in that country; undefined when it can be. The message does not repeat the
 * number. Countries whose declarations carry no such number refuse it, so that we don't keep personal data without a
 * need.
 */
export function taxIdProblem(country: Country, taxId: string): string | undefined {
  const rule = rules[country];
  if (rule === undefined) return `a declaration in ${country} does not name the consignee by a number`;
  const bare = bareTaxId(taxId);
  if (!rule.shapes.some((shape) => shape.test(bare)))
    return `a ${rule.name} has the shape ${rule.shapeInWords}`;
  if (rule.checks?.(bare) === false) return `no ${rule.name} ends in these check digits`;
  return undefined;
}

/** An issue at `taxId` when it does not fit the country; for the refinement of a schema. */
export function checkTaxId(
  { country, taxId }: { readonly country: Country; readonly taxId?: string | undefined },
  addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void,
): void {
  const problem = taxId === undefined ? undefined : taxIdProblem(country, taxId);
  if (problem !== undefined) addIssue({ code: 'custom', path: ['taxId'], message: problem });
}

const digitsOf = (number: string) => [...number].map(Number);

/** The sum of the first digits, each multiplied by its weight. */
const weighted = (number: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, index) => sum + weight * (digitsOf(number)[index] ?? 0), 0);

/**
 * Two check digits modulo 11, weights 10 to 2 and 11 to 2. A number of one repeated digit passes the check, but is
 * never issued.
 */
function checksCpf(number: string): boolean {
  if (/^(\d)\1+$/.test(number)) return false;
  const check = (weights: readonly number[]) => ((weighted(number, weights) * 10) % 11) % 10;
  const first = check([10, 9, 8, 7, 6, 5, 4, 3, 2]);
  const second = check([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return number.endsWith(`${first}${second}`);
}

/** Modulo 11. Ten is not a valid check digit: such a number is issued with another prefix. */
function checksCuit(number: string): boolean {
  const rest = weighted(number, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (11 - rest) % 11 === Number(number.at(-1));
}

/** Modulo 11 with weights 2 to 7 from the right, repeated; ten is written K. */
function checksRut(number: string): boolean {
  const sum = digitsOf(number.slice(0, -1))
    .reverse()
    .reduce((all, digit, index) => all + digit * (2 + (index % 6)), 0);
  return '0K987654321'[sum % 11] === number.at(-1);
}

/** GB 11643, ISO 7064 MOD 11-2. */
function checksResidentIdentity(number: string): boolean {
  const sum = weighted(number, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return '10X98765432'[sum % 11] === number.at(-1);
}

/** Digits by 1 and 2 in turn, digits of each product summed: a multiple of ten. */
function checksIsraeliIdentity(number: string): boolean {
  const sum = digitsOf(number)
    .map((digit, index) => digit * (1 + (index % 2)))
    .reduce((all, product) => all + (product > 9 ? product - 9 : product), 0);
  return sum % 10 === 0;
}

/** Tenth digit of the odd and even places before it, eleventh of all ten, modulo ten. */
function checksKimlik(number: string): boolean {
  const tenth = weighted(number, [7, -1, 7, -1, 7, -1, 7, -1, 7]);
  const eleventh = weighted(number, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  return number.endsWith(`${((tenth % 10) + 10) % 10}${eleventh % 10}`);
}

/**
 * The first digits of payment cards by their number of digits, as ISO/IEC 7812-1 gives them out: 3 for travel cards
 * (34 and 37 American Express, 35 JCB, 30, 36, 38 and 39 Diners Club), 4 Visa, 5 and 2 Mastercard, 6 Discover,
 * UnionPay, Maestro and RuPay, 8 and 9 national schemes.
 */
const ISSUERS: Readonly<Record<number, RegExp>> = {
  13: /^4/,
  14: /^3[0689]/,
  15: /^(?:3[47]|5|6)/,
  16: /^[2-689]/,
  17: /^(?:5|6|8)/,
  18: /^(?:5|6|8)/,
  19: /^[45689]/,
};

/** Lengths of EAN-13, GTIN-14 and SSCC-18, which stand on products and parcels. */
const GS1_LENGTHS = new Set([13, 14, 18]);

const SHORTEST = 13;
const LONGEST = 19;

/**
 * What people write between groups of digits: a space, a dash, a slash or a low line, also of other scripts. A dot only
 * behind four digits: the digits of 0.4242424242424242 are those of a fraction.
 */
const BETWEEN = String.raw`(?:[\s\p{Zs}\p{Pd}\u2212/_]|(?<=\d{4})\.)`;
const GROUPS = String.raw`\d(?:${BETWEEN}?\d){12,}`;
/**
 * Thirteen digits or more, with at most one sign between two of them. A letter beside them makes them a part of an
 * identifier, such as a hash.
 */
const DIGITS = new RegExp(String.raw`(?<![\p{L}\p{N}_])${GROUPS}(?![\p{L}\p{N}_])`, 'gu');
/** A UUID (RFC 9562). One of 1,600 random ones holds digits and hyphens that look like a card. */
const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const MANY_DIGITS = new RegExp(String.raw`\d(?:${BETWEEN}?\d){12}`, 'u');
const OTHER_DIGITS = /(?![0-9])\p{Nd}/gu;
/** ITU-T E.164: the most digits of a telephone number. */
const LONGEST_TELEPHONE = 15;

/** Whether a text may hold a card number. It is quick, and most texts hold none. */
export const mayHoldCardNumber = (text: string): boolean => MANY_DIGITS.test(withPlainDigits(text));

/**
 * Whether a text holds the number of a payment card: 13 to 19 digits of an issuer's range with a right check digit
 * (ISO/IEC 7812-1, Annex B), also in groups with one space, dash, dot, slash or low line between them, and in the
 * digits of any script. At most 15 digits behind a plus sign are a telephone number, and 13, 14 or 18 digits with the
 * check digit of GS1 are the number of a product or parcel. Digits of a UUID, or beside a letter, are those of an
 * identifier: callers send random ones with every request.
 */
export function holdsCardNumber(text: string): boolean {
  const rest = withPlainDigits(text).replace(UUIDS, '');
  for (const { 0: digits, index } of rest.matchAll(DIGITS)) {
    const groups = digits.split(/[^0-9]/);
    const length = groups.join('').length;
    const isTelephone = rest[index - 1] === '+' && length <= LONGEST_TELEPHONE;
    if (groups.some((_, from) => startsCard(groups, from, isTelephone && from === 0))) return true;
  }
  return false;
}

/**
 * The text with the digits of all scripts as 0 to 9. In Unicode the ten digits of a script follow one another, from a
 * zero on: a digit is as far from the first of its ten.
 */
function withPlainDigits(text: string): string {
  return text.replace(OTHER_DIGITS, (digit) => {
    // Full-width and mathematical digits. The latter follow one another without a gap.
    const plain = digit.normalize('NFKC');
    if (/[0-9]/.test(plain)) return plain;
    let zero = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
      zero -= 1;
      value += 1;
    }
    return String(value);
  });
}

/** Whether some groups from this one on are the number of a card. */
function startsCard(groups: readonly string[], from: number, isTelephone: boolean): boolean {
  let number = '';
  for (let at = from; at < groups.length && number.length < LONGEST; at += 1) {
    number += groups[at];
    if (!isTelephone && isCardNumber(number)) return true;
  }
  return false;
}

function isCardNumber(digits: string): boolean {
  const { length } = digits;
  if (length < SHORTEST || length > LONGEST || ISSUERS[length]?.test(digits) !== true) return false;
  // From the right, each second digit counts twice. Of a product of two digits both are added: 2 x 7 = 14 counts 5.
  const luhn = weigh(digits, (digit, place) =>
    place % 2 === 1 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit,
  );
  if (luhn % 10 !== 0) return false;
  // From the right, each second digit counts three times (GS1 General Specifications, section 7.9).
  const gs1 = weigh(digits, (digit, place) => (place % 2 === 1 ? digit * 3 : digit));
  return !(GS1_LENGTHS.has(length) && gs1 % 10 === 0);
}

/** The sum of the digits by their weights. The last digit has place 0. */
function weigh(digits: string, weight: (digit: number, place: number) => number): number {
  return Array.from(digits)
    .reverse()
    .reduce((sum, digit, place) => sum + weight(Number(digit), place), 0);
}

/** The converted measure types that TARIC and the UK tariff share. */
export const measureTypes: Readonly<
  Record<
    string,
    'third-country-duty' | 'preference' | 'authorised-use' | 'anti-dumping' | 'countervailing' | undefined
  >
> = {
  '103': 'third-country-duty',
  '142': 'preference',
  /** A preference for goods under authorised use. Consumers have no such authorisation. */
  '145': 'authorised-use',
  '551': 'anti-dumping',
  '552': 'anti-dumping',
  '553': 'countervailing',
  '554': 'countervailing',
};

/**
 * The significant digits of a code of ten digits. Pairs of zeros at its end are removed, because a measure applies to
 * all codes below its code. At least `least` digits stay.
 */
export function prefixOf(code: string, least: number): string {
  let digits = code;
  while (digits.length > least && digits.endsWith('00')) digits = digits.slice(0, -2);
  return digits;
}

/**
 * The reason why a preference without a named agreement is left out: a proof of origin could not name the agreement.
 */
export const unnamedOrigin = 'preferences of an origin without a named agreement (see --agreement)';

import { invariant } from '../../../kernel/invariant.ts';
import { memberStateOfIoss } from '../../../kernel/ioss-number.ts';

/** The member state that issued an IOSS number. Throws if the text isn't an IOSS number. */
export function issuingCountryOfIoss(iossNumber: string): string {
  const country = memberStateOfIoss(iossNumber);
  invariant(country !== undefined, 'an IOSS number is IM, the number of a member state, and seven digits');
  return country;
}

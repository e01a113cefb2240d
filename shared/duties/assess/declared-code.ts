import type { NotAssessable } from '../regime.ts';
import { atItsLine, classify } from './classify.ts';
import { type DutyText, dutiableValue } from './duty.ts';
import type { ImportCase } from './import-case.ts';
import { tooShort } from './refusals.ts';

/** By line: the code that the declaration names. Lines whose own code is long enough are left out. */
export type DeclaredCodes = Readonly<Record<string, string>>;

/**
 * The codes of a declaration that asks for this number of digits, for lines with shorter ones: the line of the tariff
 * that they are priced by, or the last one under it. Refused where the tariff's schedule does not have the code.
 */
export function declaredCodes(
  it: ImportCase,
  { tariff, valuation }: Pick<DutyText, 'tariff' | 'valuation'>,
  digits: 8 | 10,
): DeclaredCodes | NotAssessable {
  const codes: Record<string, string> = {};
  for (const line of it.lines) {
    if (line.hsCode.length >= digits) continue;
    const classified = classify(it, tariff, line, dutiableValue(line, valuation));
    const { hsCode } = atItsLine(line, classified);
    const whole = hsCode.length >= digits ? hsCode : it.rules.scheduleOf(tariff)?.wholeCode(hsCode, digits);
    if (whole === undefined) return tooShort(line.hsCode, digits, line.lineId);
    codes[line.lineId] = whole;
  }
  return codes;
}

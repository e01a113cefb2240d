import type { CalendarDate } from '../kernel/time.ts';
import type { NotAssessable } from './regime.ts';
import { holdsOn } from './rule-set.ts';
import type { TariffLine } from './rules/schema.ts';
import { china301Lines } from './rules/tariff-china301.ts';
import { euTariffLines } from './rules/tariff-eu.ts';
import { gbTariffLines } from './rules/tariff-gb.ts';
import { usTariffLines } from './rules/tariff-us.ts';

export type Tariff = TariffLine['tariff'];

const tariffs: Readonly<Record<Tariff, ReadonlyMap<string, readonly TariffLine[]>>> = {
  eu: byPrefix(euTariffLines),
  gb: byPrefix(gbTariffLines),
  us: byPrefix(usTariffLines),
  china301: byPrefix(china301Lines),
};

function byPrefix(lines: readonly TariffLine[]): ReadonlyMap<string, readonly TariffLine[]> {
  return Map.groupBy(lines, ({ hsPrefix }) => hsPrefix);
}

/** Why a code is too short for a data set that asks for this many digits; undefined when it is long enough. */
export function tooShort(hsCode: string, digits: 8 | 10, lineId: string): NotAssessable | undefined {
  if (hsCode.length >= digits) return undefined;
  const detail = `the declaration asks for a code of ${digits} digits and the product has ${hsCode}`;
  return { reason: 'unclassified', lineId, detail };
}

/**
 * The line of the tariff with the longest prefix of the code that holds on the date; undefined where none is
 * kept, which is never guessed.
 */
export function tariffLine(tariff: Tariff, hsCode: string, date: CalendarDate): TariffLine | undefined {
  for (let digits = hsCode.length; digits >= 2; digits -= 1) {
    const found = tariffs[tariff].get(hsCode.slice(0, digits))?.find((line) => holdsOn(line, date));
    if (found !== undefined) return found;
  }
  return undefined;
}

import { conditionsHold } from '../rules/conditions.ts';
import type { DutyRate } from '../rules/duty-rate-schema.ts';
import type { TariffLine } from '../schedules/scheduled-tariff.ts';
import { addedDuties } from './additional-duty.ts';
import { rateText } from './duty-rate.ts';
import { type ImportCase, type ValuedLine, withCode } from './import-case.ts';
import { notComputedFor } from './refusals.ts';

/** What goods may turn out to be: a line of the tariff, or one that counts a part of it apart. */
export interface Place {
  readonly rule: TariffLine;
  /** As long as the code of the goods, or longer. */
  readonly code: string;
  /** The duties in addition that the goods bear there. */
  readonly rates: readonly DutyRate[];
}

/**
 * The places of goods under a code that is divided by what they bear besides the tariff: by duties in addition, or by
 * refusals. Undefined where all goods of the code bear the same. Rows and lists of rates may divide a tariff's line by
 * the codes that only count its goods apart.
 */
export function placesOf(
  it: ImportCase,
  tariff: string,
  line: ValuedLine,
  rules: readonly TariffLine[],
): readonly Place[] | undefined {
  if (!isDivided(it, line)) return undefined;
  const found = rules.flatMap((rule) =>
    codesOf(it, tariff, line.hsCode, rule).map((code) => placeAt(it, line, rule, code)),
  );
  const kinds = new Set(found.map(({ text }) => text));
  return kinds.size < 2 ? undefined : found;
}

/** Whether a row about a longer code, or a list with one, may hold for the goods. */
function isDivided(it: ImportCase, line: ValuedLine): boolean {
  if (it.rules.hasRowsBelow(line.hsCode)) return true;
  return it.rules
    .all('additional-duty')
    .some(
      (row) =>
        row.tariff !== undefined &&
        conditionsHold(row, it, line) &&
        (it.rules.scheduleOf(row.tariff)?.codesUnder(line.hsCode).length ?? 0) > 0,
    );
}

function codesOf(
  it: ImportCase,
  tariff: string,
  hsCode: string,
  { hsPrefix }: TariffLine,
): readonly string[] {
  const code = hsPrefix.startsWith(hsCode) ? hsPrefix : hsCode;
  const under = it.rules.scheduleOf(tariff)?.codesUnder(code) ?? [];
  return under.length === 0 ? [code] : under;
}

function placeAt(it: ImportCase, line: ValuedLine, rule: TariffLine, code: string) {
  const at = withCode(line, code);
  const added = addedDuties(it, at, rule);
  const refused = notComputedFor(it, at, false);
  const parts = added.map(
    ({ rule: { code: named }, rate }) => `${named} ${rate === undefined ? '?' : rateText(rate)}`,
  );
  return {
    ...{ rule, code },
    rates: added.flatMap(({ rate }) => (typeof rate !== 'string' || rate === '0' ? [] : [rate])),
    /** The same text is the same charge. */
    text: [...parts, refused?.detail ?? ''].join(),
  };
}

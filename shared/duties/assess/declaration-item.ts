import type { ConsignmentLine, Switches } from '../../../events/landed-cost.ts';

/** What separates the goods of one declaration item from those of another. */
export interface ItemRule {
  /** The Union's reduced data set classifies by six digits, the full one by ten. */
  readonly digits: 6 | 10;
  readonly by: NonNullable<Switches['euFlatDutyItem']>;
}

/**
 * The first line of each declaration item, whatever the number of units: goods of one tariff classification and origin,
 * and of one description if the merchant's answer says so.
 */
export function firstOfEachItem<L extends { readonly line: ConsignmentLine }>(
  lines: readonly L[],
  { digits, by }: ItemRule,
): L[] {
  const seen = new Set<string>();
  return lines.filter(({ line }) => {
    const description = by === 'description' ? [line.description] : [];
    const item = [line.hsCode.slice(0, digits), line.originCountry, ...description].join('|');
    if (seen.has(item)) return false;
    seen.add(item);
    return true;
  });
}

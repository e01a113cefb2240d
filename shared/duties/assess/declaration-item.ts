import type { ConsignmentLine } from '../../../events/landed-cost.ts';

/**
 * The first line of each declaration item: an item is goods of one tariff classification, description and origin,
 * whatever their number. The Union's reduced data set classifies by six digits, the full one by ten.
 */
export function firstOfEachItem<L extends { readonly line: ConsignmentLine }>(
  lines: readonly L[],
  digits: 6 | 10,
): L[] {
  const seen = new Set<string>();
  return lines.filter(({ line }) => {
    const item = [line.hsCode.slice(0, digits), line.description, line.originCountry].join('|');
    if (seen.has(item)) return false;
    seen.add(item);
    return true;
  });
}

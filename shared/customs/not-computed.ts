import type { CalendarDate } from '../kernel/time.ts';
import type { ConsignmentToAssess, NotAssessable } from './regime.ts';
import { holdsOn, isAmong, isOfOrigin } from './rule-set.ts';
import { notComputed } from './rules/not-computed.ts';

/**
 * The first line whose charges the rule set doesn't hold on the date, with the reason; undefined when there is
 * none. `where` says whether the goods cross the regime's border or are within it.
 */
export function findNotComputed(
  regime: 'eu' | 'gb' | 'us',
  { lines }: ConsignmentToAssess,
  date: CalendarDate,
  where: 'at-the-border' | 'within-the-border',
): NotAssessable | undefined {
  const rows = notComputed.filter(
    (row) =>
      row.regime === regime && holdsOn(row, date) && (row.withinTheBorder || where === 'at-the-border'),
  );
  for (const { lineId, hsCode, originCountry } of lines) {
    const row = rows.find(
      ({ goods, origins }) =>
        (goods === undefined || isAmong(goods, hsCode)) && isOfOrigin(origins, originCountry),
    );
    if (row !== undefined) return { reason: row.reason, lineId, detail: `${row.detail} (${row.law})` };
  }
  return undefined;
}

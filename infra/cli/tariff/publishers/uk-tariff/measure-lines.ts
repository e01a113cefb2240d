import type { DutyRate } from '../../../../../shared/duties/rules/duty-rate-schema.ts';
import type { PublishedRate, ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { isUnreadable, type Unreadable } from '../../rates/express-rate.ts';
import { measureTypes, prefixOf } from '../../rates/taric-codes.ts';
import { goodsText } from '../goods-text.ts';
import type { ReadLines, Unparsed } from '../publisher.ts';
import { ukAgreements } from './uk-agreements.ts';

/** A measure on a commodity, from the API or from the table. */
export interface UkMeasure {
  /** Ten digits. */
  readonly code: string;
  readonly goods: string;
  readonly type: string;
  readonly area: string;
  readonly text: string;
  readonly rate: DutyRate | Unreadable;
  /** Whether the rate depends on an additional code, a quota or a group of origins that is not whole. */
  readonly isSpecial: boolean;
  readonly from: string;
  /** Empty without an end. */
  readonly to: string;
}

const ERGA_OMNES = '1011';

/** The lines of the measures that hold on a day. Preferences are given to lines of the same commodity. */
export function measureLines(measures: readonly UkMeasure[], on: CalendarDate): ReadLines {
  const unparsed: Unparsed[] = [];
  const lines: ScheduleLine[] = [];
  const held = measures.filter(
    ({ isSpecial, from, to }) => !isSpecial && from <= on && (to === '' || on <= to),
  );
  const published = ({ code, text, rate }: UkMeasure, kind = ''): PublishedRate => {
    if (isUnreadable(rate))
      unparsed.push({ code: prefixOf(code, 4), text, reason: `${kind}${rate.unreadable}` });
    return { text, rate: isUnreadable(rate) ? undefined : rate };
  };
  const preferred = Map.groupBy(
    held.filter(({ type, area }) => measureTypes[type] === 'preference' && ukAgreements[area] !== undefined),
    ({ code }) => code,
  );
  for (const measure of held) {
    if (measureTypes[measure.type] !== 'third-country-duty' || measure.area !== ERGA_OMNES) continue;
    const preferences = Object.fromEntries(
      (preferred.get(measure.code) ?? []).map((each) => [
        ukAgreements[each.area] ?? '',
        published(each, 'preference: '),
      ]),
    );
    lines.push({
      code: prefixOf(measure.code, 4),
      goods: goodsText([measure.goods]),
      ...published(measure),
      ...(Object.keys(preferences).length === 0 ? {} : { preferences }),
    });
  }
  return { lines, unparsed, read: measures.length };
}

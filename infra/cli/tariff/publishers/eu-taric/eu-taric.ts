import type { PublishedRate, ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import { isUnreadable } from '../../rates/express-rate.ts';
import { measureTypes, prefixOf } from '../../rates/taric-codes.ts';
import { readDutyExpression } from '../../rates/taric-duty.ts';
import { readTableFile } from '../../read-table-file.ts';
import type { Publisher, ReadLines, Unparsed } from '../publisher.ts';
import { ERGA_OMNES, taricAgreements, taricColumns, taricDay } from './taric-columns.ts';

type Cells = Readonly<Record<keyof typeof taricColumns, string>>;

/**
 * The Commission's extract of TARIC, the workbook *Duties Import* or its sheet as text: third-country duties (103), and
 * tariff preferences (142) of countries whose agreement has a name. A measure stands for every longer code. Measures
 * with an additional code, under a quota or for authorised use are left out.
 */
export const euTaric: Publisher = {
  name: 'eu-taric',
  tariff: 'eu',
  title:
    'TARIC of the Union: the workbook "Duties Import" of CIRCABC, "TARIC and Quota data", or its sheet as CSV',
  header: {
    hs: 'HS2022',
    law: 'TARIC, third-country duty of the Common Customs Tariff, Reg. (EEC) 2658/87 Annex I',
    provenance: 'published',
    confidence: 'high',
  },
  read(files, on) {
    const rows = files.flatMap((file) =>
      readTableFile(file, taricColumns).map(({ line, cells }) => ({ place: `${file.name}:${line}`, cells })),
    );
    const bad = rows.flatMap(({ place, cells }) => problemOf(place, cells));
    if (bad.length > 0) throw new BadFile(bad.slice(0, 20).join('\n'));
    return linesOf(
      rows.map(({ cells }) => cells),
      on,
    );
  },
};

function problemOf(place: string, { code, from, to }: Cells): string[] {
  if (!/^\d{10}$/.test(code.replaceAll(' ', '')))
    return [`${place}: the goods code does not have ten digits: ${code}`];
  return taricDay(from) === undefined || taricDay(to) === undefined
    ? [`${place}: a day that is not YYYY-MM-DD, DD-MM-YYYY or a day number of the workbook`]
    : [];
}

function linesOf(rows: readonly Cells[], on: CalendarDate): ReadLines {
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  const preferences = new Map<string, Record<string, PublishedRate>>();
  const held = rows.filter((cells) => holds(cells, on));
  const read = (code: string, text: string, kind = ''): PublishedRate => {
    const rate = readDutyExpression(text, 'EUR');
    if (isUnreadable(rate)) unparsed.push({ code, text, reason: `${kind}${rate.unreadable}` });
    return { text, rate: isUnreadable(rate) ? undefined : rate };
  };
  for (const { code: number, area, typeCode, duty } of held) {
    const agreement = taricAgreements[area];
    if (measureTypes[typeCode] !== 'preference' || agreement === undefined) continue;
    const code = codeOf(number);
    const own = preferences.get(code) ?? {};
    own[agreement] = read(code, duty, 'preference: ');
    preferences.set(code, own);
  }
  for (const { code: number, area, typeCode, duty } of held) {
    if (measureTypes[typeCode] !== 'third-country-duty' || area !== ERGA_OMNES) continue;
    const code = codeOf(number);
    lines.push({ code, goods: '', ...read(code, duty), ...preferencesAbove(preferences, code) });
  }
  return { lines, unparsed, read: rows.length };
}

/** The preferences of the code, or of shorter codes that stand for it. */
function preferencesAbove(all: ReadonlyMap<string, Record<string, PublishedRate>>, code: string) {
  const found: Record<string, PublishedRate> = {};
  for (let digits = 2; digits <= code.length; digits += 2)
    Object.assign(found, all.get(code.slice(0, digits)));
  return Object.keys(found).length === 0 ? {} : { preferences: found };
}

function holds({ additional, order, from, to }: Cells, on: CalendarDate): boolean {
  const [first = '', last = ''] = [taricDay(from), taricDay(to)];
  return additional === '' && order === '' && first <= on && (last === '' || on <= last);
}

const codeOf = (number: string) => prefixOf(number.replaceAll(' ', ''), 2);

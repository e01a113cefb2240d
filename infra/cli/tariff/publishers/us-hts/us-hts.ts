import type { PublishedRate, ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import { fileText } from '../../file-text.ts';
import { isUnreadable, unreadable } from '../../rates/express-rate.ts';
import { readSpecialColumn, readUsitcRate } from '../../rates/usitc-rate.ts';
import { goodsText } from '../goods-text.ts';
import type { Publisher, ReadLines, Unparsed } from '../publisher.ts';
import { digitsOf, type HtsRow, htsRows, pathOf, plainText } from './hts-rows.ts';

/**
 * The agreement for each program of the special column, and its countries (HTSUS general note 3(c)(i) and the general
 * note of each agreement). Not among them: the Generalized System of Preferences (A), which ended on 2020-12-31; the
 * African and Caribbean programs (D, E, R), whose list of countries changes by proclamation; programs for aircraft,
 * cars, pharmaceuticals and dyes (B, C, K, L).
 */
const PROGRAMS: Readonly<
  Record<string, { readonly agreement: string; readonly origins: readonly string[] }>
> = {
  AU: { agreement: 'us-au-fta', origins: ['AU'] },
  BH: { agreement: 'us-bh-fta', origins: ['BH'] },
  CL: { agreement: 'us-cl-fta', origins: ['CL'] },
  CO: { agreement: 'us-co-tpa', origins: ['CO'] },
  IL: { agreement: 'us-il-fta', origins: ['IL'] },
  JO: { agreement: 'us-jo-fta', origins: ['JO'] },
  JP: { agreement: 'us-jp-ta', origins: ['JP'] },
  KR: { agreement: 'korus', origins: ['KR'] },
  MA: { agreement: 'us-ma-fta', origins: ['MA'] },
  OM: { agreement: 'us-om-fta', origins: ['OM'] },
  P: { agreement: 'cafta-dr', origins: ['CR', 'DO', 'GT', 'HN', 'NI', 'SV'] },
  'P+': { agreement: 'cafta-dr', origins: ['CR', 'DO', 'GT', 'HN', 'NI', 'SV'] },
  PA: { agreement: 'us-pa-tpa', origins: ['PA'] },
  PE: { agreement: 'us-pe-tpa', origins: ['PE'] },
  S: { agreement: 'usmca', origins: ['CA', 'MX'] },
  'S+': { agreement: 'usmca', origins: ['CA', 'MX'] },
  SG: { agreement: 'us-sg-fta', origins: ['SG'] },
};

/**
 * The Harmonized Tariff Schedule as the International Trade Commission exports it, in JSON or CSV: column 1 general and
 * the agreements of column 1 special. Lines of eight digits have rates. Lines of ten digits are statistical: they
 * inherit the rate, and are lines of the edition where there are several, because a declaration names one of them.
 * Chapters 98 and 99 do not classify goods, and are left out.
 */
export const usHts: Publisher = {
  name: 'us-hts',
  tariff: 'us',
  title: 'Harmonized Tariff Schedule of the United States, JSON or CSV: the export of https://hts.usitc.gov',
  header: {
    hs: 'HS2022',
    law: 'Harmonized Tariff Schedule of the United States, column 1',
    provenance: 'published',
    confidence: 'high',
    agreements: Object.fromEntries(
      Object.values(PROGRAMS).map((program) => [program.agreement, program]),
    ) as NonNullable<Publisher['header']['agreements']>,
  },
  read: (files) => linesOf(files.flatMap((file) => htsRows({ name: file.name, text: fileText(file) }))),
};

type Rated = Pick<ScheduleLine, 'text' | 'rate' | 'preferences'>;

function linesOf(rows: readonly HtsRow[]): ReadLines {
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  const rated = new Map<string, Rated>();
  const suffixes = Map.groupBy(rows.map(digitsOf).filter(isOfTen), lineOf);
  const path: string[] = [];
  for (const row of rows) {
    const texts = pathOf(path, row).map(plainText);
    const digits = digitsOf(row);
    if (!/^\d{4}(\d\d){0,3}$/.test(digits) || /^9[89]/.test(digits)) continue;
    const isOnly = isOfTen(digits) && digits.endsWith('00') && suffixes.get(lineOf(digits))?.length === 1;
    if (row.general === '') {
      const above = isOfTen(digits) && !isOnly ? rated.get(lineOf(digits)) : undefined;
      if (above !== undefined) lines.push({ code: digits, goods: goodsText(texts), ...above });
      continue;
    }
    // If a line of eight digits has only one statistical suffix, the export has only the code of ten digits.
    const code = isOnly ? lineOf(digits) : digits;
    const own = ratedOf(code, row, unparsed);
    rated.set(code, own);
    lines.push({ code, goods: goodsText(texts), ...own });
  }
  return { lines, unparsed, read: rows.length };
}

const isOfTen = (digits: string) => digits.length === 10;
const lineOf = (digits: string) => digits.slice(0, 8);

const ADDITIONAL = 'additional duties are named beside the rate';

function ratedOf(code: string, { general, special, additional }: HtsRow, unparsed: Unparsed[]): Rated {
  const read = additional === '' ? readUsitcRate(general) : { unreadable: ADDITIONAL };
  if (isUnreadable(read)) unparsed.push({ code, text: general, reason: read.unreadable });
  const preferences = preferencesOf(code, special, unparsed);
  return {
    text: plainText(general),
    rate: isUnreadable(read) ? undefined : read,
    ...(Object.keys(preferences).length === 0 ? {} : { preferences }),
  };
}

function preferencesOf(code: string, column: string, unparsed: Unparsed[]): Record<string, PublishedRate> {
  const found: Record<string, PublishedRate> = {};
  const groups = readSpecialColumn(column);
  if (groups === undefined) unparsed.push({ code, text: column, reason: `preference: ${unreadable.words}` });
  for (const { text, programs } of groups ?? [])
    for (const program of programs) {
      const agreement = PROGRAMS[program]?.agreement;
      if (agreement === undefined) continue;
      const read = readUsitcRate(text);
      const before = found[agreement];
      // Two programs of one agreement, such as S and S+, may have two rates. No rate is chosen.
      const reason =
        before !== undefined && before.text !== text
          ? 'two rates of one agreement'
          : isUnreadable(read)
            ? read.unreadable
            : undefined;
      found[agreement] = { text, rate: reason === undefined && !isUnreadable(read) ? read : undefined };
      if (reason !== undefined)
        unparsed.push({ code, text: `${text} (${program})`, reason: `preference: ${reason}` });
    }
  return found;
}

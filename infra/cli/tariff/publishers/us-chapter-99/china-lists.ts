import type { CalendarDate } from '../../../../../shared/kernel/time.ts';

/** A list of goods of China in a U.S. note to subchapter III, by the heading that it is for. */
export interface ChinaList {
  readonly heading: string;
  /** In per cent; undefined where a description decides and not the code alone. */
  readonly percent: string | undefined;
  readonly from?: CalendarDate;
  /** The last day. */
  readonly to?: CalendarDate;
}

/** Headings of chapter 99 with the rates of their articles, from U.S. notes 20 and 31. */
export const chinaLists: readonly ChinaList[] = [
  { heading: '9903.88.01', percent: '25' },
  { heading: '9903.88.02', percent: '25' },
  { heading: '9903.88.03', percent: '25' },
  { heading: '9903.88.04', percent: '25' },
  { heading: '9903.88.15', percent: '7.5' },
  { heading: '9903.91.01', percent: '25' },
  { heading: '9903.91.02', percent: '50' },
  { heading: '9903.91.03', percent: '100' },
  { heading: '9903.91.04', percent: '25', to: '2025-12-31' },
  { heading: '9903.91.05', percent: '50' },
  { heading: '9903.91.06', percent: '25', from: '2026-01-01' },
  { heading: '9903.91.07', percent: '50', from: '2026-01-01' },
  { heading: '9903.91.08', percent: '100', from: '2026-01-01' },
  { heading: '9903.91.11', percent: '25' },
  // Cranes, among other goods of their code.
  { heading: '9903.91.14', percent: undefined },
];

/** Goods that a list names: a subheading without some statistical numbers, or a statistical number. */
export interface ListedGoods {
  readonly heading: string;
  readonly code: string;
  /** Statistical numbers of ten digits that the list leaves out. */
  readonly except: readonly string[];
}

/** Where a subdivision of a note begins; whatever its subject, the list before it has ended. */
const BEGINNING =
  /(?:^|\n)[ \t]*\([a-z]{1,3}\)\s+(?:\(i\)\s+)?(?:Heading\s+(9903\.\d\d\.\d\d)\s+applies\s+to|For\s+the\s+purposes\s+of\s+heading\s+(9903\.88\.04)|For\s+the\s+purposes|The\s+U\.S\.\s+Trade|As\s+provided|In\s+accordance)|\n[ \t]*\d{1,2}\.\s+(?:\(a\)|\[Note)/g;

/** What each page of the schedule has around its text. */
const AROUND_A_PAGE =
  /^.*(?:Harmonized Tariff Schedule of the|Annotated for Statistical|99 - III - \d+).*$|^\s*XXII\s*$|U\.S\. Notes \(con\.\)/gm;

const CODE = /(?<![\d.])(\d{4})\.(\d{2})\.(\d{2})(?:\.?(\d{2}))?(?![\d])/g;
const HEADINGS_OF_LAW = /^9[89]/;

/**
 * The goods in the lists of the headings, in the text of chapter 99 as it is taken from the pages. A subheading that
 * statistical numbers of its own follow is listed without these.
 */
export function listedGoods(text: string, headings: ReadonlySet<string>): ListedGoods[] {
  const pages = text.replaceAll('\f', '\n').replace(AROUND_A_PAGE, '');
  const beginnings = [...pages.matchAll(BEGINNING)];
  return beginnings.flatMap((beginning, at) => {
    const heading = beginning[1] ?? beginning[2];
    if (heading === undefined || !headings.has(heading)) return [];
    return goodsOf(heading, pages.slice(beginning.index, beginnings[at + 1]?.index));
  });
}

function goodsOf(heading: string, text: string): ListedGoods[] {
  const found: { code: string; except: string[] }[] = [];
  for (const [, one = '', two = '', three = '', four] of text.matchAll(CODE)) {
    const subheading = one + two + three;
    if (HEADINGS_OF_LAW.test(subheading)) continue;
    const last = found.at(-1);
    if (four === undefined) found.push({ code: subheading, except: [] });
    else if (last?.code === subheading) last.except.push(subheading + four);
    else found.push({ code: subheading + four, except: [] });
  }
  return found.map((goods) => ({ heading, ...goods }));
}

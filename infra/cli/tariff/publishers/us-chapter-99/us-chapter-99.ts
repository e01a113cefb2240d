import type { ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import type { PublishedFile, Publisher, ReadLines, Unparsed } from '../publisher.ts';
import { type ChinaList, chinaLists, type ListedGoods, listedGoods } from './china-lists.ts';

/**
 * The lists of Section 301 duties on goods of China, from U.S. notes 20 and 31 in chapter 99 of the Harmonized Tariff
 * Schedule: the text of the chapter's PDF, as `pdftotext -layout` writes it. A line has the rate of the list that names
 * it; goods in no list bear none, which a line for each chapter says. Exclusions of products by description (notes
 * 20(vvv) and (www)) are claimed by the importer, and are not read.
 */
export const usChapter99: Publisher = {
  name: 'us-chapter-99',
  tariff: 'us-section-301-china',
  title:
    'Harmonized Tariff Schedule of the United States, chapter 99 as text (pdftotext -layout): the lists of Section 301 ' +
    'duties on goods of China',
  header: {
    hs: 'HS2022',
    law: 'Section 301 of the Trade Act of 1974, HTSUS chapter 99 subchapter III, U.S. notes 20 and 31',
    provenance: 'published',
    confidence: 'high',
  },
  read: (files, on) => linesOf(files.flatMap((file) => goodsIn(file, on))),
};

interface RatedGoods extends ListedGoods {
  readonly percent: string | undefined;
}

/** The goods in the lists that hold on the day. Throws {@link BadFile} if one of the lists is not in the file. */
function goodsIn({ name, bytes }: PublishedFile, on: CalendarDate): RatedGoods[] {
  // Only figures and ASCII words are read, and some texts of the chapter are not UTF-8.
  const text = new TextDecoder('latin1').decode(bytes);
  const lists = chinaLists.filter(({ from = on, to = on }) => from <= on && on <= to);
  const byHeading = new Map<string, ChinaList>(lists.map((list) => [list.heading, list]));
  const found = listedGoods(text, new Set(byHeading.keys()));
  const named = new Set(found.map(({ heading }) => heading));
  const missing = lists.filter(({ heading }) => !named.has(heading)).map(({ heading }) => heading);
  if (missing.length > 0)
    throw new BadFile(
      `${name}: the lists of ${missing.join(', ')} were not found: is it chapter 99 as text?`,
    );
  return found.map((goods) => ({ ...goods, percent: byHeading.get(goods.heading)?.percent }));
}

const CHAPTERS = Array.from({ length: 97 }, (_, at) => String(at + 1).padStart(2, '0'));
const BY_DESCRIPTION = 'a duty on some goods of the code by their description';

function linesOf(goods: readonly RatedGoods[]): ReadLines {
  const unparsed: Unparsed[] = [];
  const listed = [...Map.groupBy(goods, ({ code }) => code.slice(0, 8)).values()].flatMap((own) => {
    const numbers = new Set(own.flatMap(({ code, except }) => [code, ...except]));
    return [...numbers].map((code) => lineOf(code, own));
  });
  for (const { code, rate, text } of listed)
    if (rate === undefined) unparsed.push({ code, text, reason: BY_DESCRIPTION });
  const others = CHAPTERS.filter((chapter) => chapter !== '77').map(
    (code): ScheduleLine => ({ code, goods: 'Goods of China in no list', text: 'no duty', rate: '0' }),
  );
  return { lines: [...others, ...listed], unparsed, read: goods.length };
}

/** A subheading or a statistical number of it, by the lists that name it and do not leave it out. */
function lineOf(code: string, own: readonly RatedGoods[]): ScheduleLine {
  const naming = own.filter((each) => code.startsWith(each.code) && !each.except.includes(code));
  const [first, ...others] = naming;
  const text = naming
    .map(({ heading, percent }) => `${heading} ${percent === undefined ? 'by description' : `${percent}%`}`)
    .join(' and ');
  const goods = `Goods of China of ${naming.map(({ heading }) => heading).join(' and ')}`;
  if (first === undefined) return { code, goods: 'Goods of China in no list', text: 'no duty', rate: '0' };
  // The first list that names the whole subheading holds for the statistical numbers that none leaves out.
  const isOne = others.every(({ percent }) => percent === first.percent) || code.length === 8;
  return { code, goods, text, rate: isOne ? first.percent : undefined };
}

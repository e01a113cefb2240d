import type { ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import { isUnreadable, plain, unreadable } from '../../rates/express-rate.ts';
import { goodsUnder } from '../goods-under.ts';
import type { PublishedFile, Publisher, ReadLines, Unparsed } from '../publisher.ts';

/**
 * The Working Tariff Document of New Zealand as its text files, one for each chapter, in the Windows code page: number,
 * statistical key, unit, goods, and the rates of the normal tariff and of preferences, with tabs between them. Only the
 * normal tariff is read. Where the goods take several lines, the rate stands on the last of them.
 */
export const nzWtd: Publisher = {
  name: 'nz-wtd',
  tariff: 'nz',
  title:
    'New Zealand Customs Service, Working Tariff Document: the text files of its chapters, Tariff01.txt to Tariff97.txt ' +
    '(https://www.customs.govt.nz/business/tariffs/working-tariff-document)',
  header: {
    hs: 'HS2022',
    law: 'Tariff Act 1988 (New Zealand), the Tariff Part I, normal tariff',
    provenance: 'published',
    confidence: 'medium',
  },
  read: (files) => linesOf(files.flatMap(itemsOf)),
};

/** A number of the tariff with its goods, and the text of its rate; none if it is a heading of others. */
interface Item {
  readonly code: string;
  goods: string;
  rate: string | undefined;
}

const NUMBER = /^\d{4}\.\d{2}(?:\.\d{2})?$/;
const HEADING = /^\d{2}\.\d{2}$/;
/** A rate of the normal tariff. Amounts are excise, on alcohol, tobacco and fuel. */
const RATE = /^(?:Free|\d{1,3}(?:\.\d{1,2})?|\$.*|per .*|The rates? .*)$/;
/** Goods of a statistical key, which have no rate. */
const STATISTICAL = /^\.\s/;

function itemsOf(file: PublishedFile): Item[] {
  const items: Item[] = [];
  let open: Item | undefined;
  for (const line of new TextDecoder('windows-1252').decode(file.bytes).split(/\r?\n/)) {
    const cells = line.split('\t').map((cell) => cell.trim());
    const [first = '', number = '', , , goods = '', rate = ''] = cells;
    if (NUMBER.test(number)) {
      open = { code: number.replaceAll('.', ''), goods, rate: rate === '' ? undefined : rate };
      items.push(open);
    } else if (HEADING.test(number)) {
      open = { code: number.replace('.', ''), goods, rate: undefined };
      items.push(open);
    } else if (open !== undefined && open.rate === undefined) continueItem(open, first, cells);
  }
  if (items.length === 0) throw new BadFile(`${file.name}: no number of the tariff, such as 6109.10.09`);
  return items;
}

/** Reads a line that follows an item without a rate: the rest of its goods, and the rate at its end. */
function continueItem(item: Item, first: string, cells: readonly string[]): void {
  const text = first === '' ? (cells[4] ?? '') : first;
  if (text === '' || STATISTICAL.test(text) || /^[–-]\s/.test(text)) return;
  item.goods = `${item.goods} ${text}`;
  item.rate = cells.find((cell, index) => index > 0 && cell !== text && RATE.test(cell));
}

function linesOf(items: readonly Item[]): ReadLines {
  const goods = goodsUnder(items.map(({ code, goods: text }) => ({ code, text: text.replace(/­/g, '') })));
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  for (const [at, { code, rate: text }] of items.entries()) {
    // A number of eight digits without a rate is one whose text we don't read: its goods are refused.
    if (text === undefined && code.length < 8) continue;
    const rate = rateOf(text);
    if (isUnreadable(rate)) unparsed.push({ code, text: text ?? '', reason: rate.unreadable });
    lines.push({
      code,
      goods: goods[at] ?? '',
      text: percentText(text ?? 'not read'),
      rate: isUnreadable(rate) ? undefined : rate,
    });
  }
  return { lines, unparsed, read: items.length };
}

function rateOf(text: string | undefined) {
  if (text === 'Free') return '0';
  if (text !== undefined && /^\d{1,3}(\.\d{1,2})?$/.test(text)) return plain(text);
  return { unreadable: text === undefined ? unreadable.words : unreadable.elsewhere };
}

/** The document has percentages without their sign. */
const percentText = (text: string) => (/^\d/.test(text) ? `${text} %` : text);

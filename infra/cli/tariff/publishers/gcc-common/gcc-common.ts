import type { ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import { fileText } from '../../file-text.ts';
import { isWorkbook } from '../../workbook.ts';
import type { Publisher, ReadLines, Unparsed } from '../publisher.ts';
import { saZatca } from '../sa-zatca/sa-zatca.ts';
import { printedRates } from './printed-rates.ts';

/** The rates of the common tariff for other goods than tobacco. */
const FREE = '0';
const GENERAL = '5';
const TOBACCO = '100';
/** A rate that Saudi Arabia raises later than the edition begins confirms the common one as well. */
const EVER = '9999-12-31';
const DIFFERENT = 'two states of the Gulf have different rates, or only one of them was read';

/**
 * The common tariff of the Gulf states from the tariffs of two of them: Oman's, as text, and the workbook of Saudi
 * Arabia. Saudi Arabia has raised many of the common rates: there Oman's is the common one. Goods that both or neither
 * exempt have a rate. Others have none where one of the two exempts them or goods of their subheading, and are left out
 * where neither does.
 */
export const gccCommon: Publisher = {
  name: 'gcc-common',
  tariff: 'ae',
  title:
    'Common tariff of the Gulf states: the tariff of Oman (text of its PDF by pdftotext) with the workbook of sa-zatca',
  header: {
    hs: 'HS2022',
    law: 'Unified Customs Tariff of the GCC states, twelve digits since 2025-01-01',
    provenance: 'corroborated',
    confidence: 'medium',
  },
  read(files) {
    const texts = files.filter((file) => !isWorkbook(file)).map(fileText);
    const saudi = saZatca.read(files.filter(isWorkbook), EVER);
    if (texts.length === 0 || saudi.lines.length === 0)
      throw new BadFile('the common tariff takes a text and a workbook');
    return common(saudi, texts.join('\f'));
  },
};

function common({ lines: saudi, read }: ReadLines, text: string): ReadLines {
  const free = new Set(saudi.filter(({ rate }) => rate === FREE).map(({ code }) => code));
  const printed = printedRates(text, (code) => free.has(code));
  const partlyFree = new Set([...free].map(subheadingOf));
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  for (const line of saudi) {
    const rates = printed.get(line.code) ?? new Set<string>();
    const rate = typeof line.rate === 'string' ? commonRate(line.rate, rates) : undefined;
    if (rate !== undefined && rates.has(rate)) lines.push({ ...line, text: `${rate} %`, rate });
    else if (rates.has(FREE) || partlyFree.has(subheadingOf(line.code))) {
      const both = [line.text, ...[...rates].map((each) => `${each} %`)].join(' | ');
      unparsed.push({ code: line.code, text: both, reason: DIFFERENT });
      lines.push({ ...line, text: both, rate: undefined });
    }
  }
  return { lines, unparsed, read };
}

const subheadingOf = (code: string): string => code.slice(0, 6);

/** The common rate that the Saudi one stands for. A raised one says nothing of the common rate: then Oman's is it. */
function commonRate(saudi: string, oman: ReadonlySet<string>): string | undefined {
  if (saudi === TOBACCO) return undefined;
  if (saudi === FREE || saudi === GENERAL) return saudi;
  return oman.size === 1 && oman.has(FREE) ? FREE : GENERAL;
}

import type { ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import { isUnreadable } from '../../rates/express-rate.ts';
import { readDutyExpression } from '../../rates/taric-duty.ts';
import { readTableFile } from '../../read-table-file.ts';
import { goodsText } from '../goods-text.ts';
import type { Publisher, Unparsed } from '../publisher.ts';

const COLUMNS = {
  code: ['CN code', 'CN Code', 'CNKEY', 'CN'],
  goods: ['Description', 'Goods description', 'Self-explanatory texts', 'Description EN'],
  rate: [
    'Conventional rate of duty (%)',
    'Conventional rate of duty',
    'Conventional duty rate (%)',
    'Conv. rate',
  ],
} as const;

/**
 * The Combined Nomenclature with its conventional rates (Annex I of Reg. (EEC) 2658/87, part two), as a workbook or as
 * text. Rates are as the regulation prints them: a percentage without a sign, a decimal comma, `Free`.
 */
export const euCn: Publisher = {
  name: 'eu-cn',
  tariff: 'eu',
  title: 'Combined Nomenclature of the Union: a table of CN code, description and conventional rate of duty',
  header: {
    hs: 'HS2022',
    law: 'Combined Nomenclature, Reg. (EEC) 2658/87 Annex I, conventional rate of duty',
    provenance: 'published',
    confidence: 'high',
  },
  read(files) {
    const lines: ScheduleLine[] = [];
    const unparsed: Unparsed[] = [];
    const path: string[] = [];
    const rows = files.flatMap((file) => readTableFile(file, COLUMNS));
    for (const { cells } of rows) {
      const [, dashes = '', own = ''] = /^([\s–—-]*)(.*)$/s.exec(cells.goods) ?? [];
      path.length = Math.min(path.length, dashes.replace(/[^–—-]/g, '').length);
      path.push(own.trim());
      const code = cells.code.replace(/\s/g, '');
      const text = cells.rate;
      if (!/^\d{4}(\d\d){0,2}$/.test(code) || /^[–—-]?$/.test(text)) continue;
      const rate = readDutyExpression(normal(text), 'EUR', { bare: true });
      if (isUnreadable(rate)) unparsed.push({ code, text, reason: rate.unreadable });
      lines.push({ code, goods: goodsText(path), text, rate: isUnreadable(rate) ? undefined : rate });
    }
    return { lines, unparsed, read: rows.length };
  },
};

/** The text with decimal points and without the marks of footnotes: `12,8 + 176,8 €/100 kg/net (1)`. */
const normal = (text: string) =>
  text
    .replace(/\s*\(\d+\)/g, '')
    .replace(/^free$/i, '0')
    .replace(/(\d),(\d)/g, '$1.$2');

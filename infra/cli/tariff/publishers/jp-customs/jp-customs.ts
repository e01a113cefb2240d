import { readTable } from '../../../files/read-table.ts';
import type { PublishedFile, Publisher } from '../publisher.ts';
import { AGREEMENT_COLUMNS, JAPANESE_AGREEMENTS } from './japanese-columns.ts';
import { type JapaneseLine, japaneseLines } from './japanese-lines.ts';
import { readJapanesePage } from './japanese-page.ts';

/**
 * The customs tariff of Japan (実行関税率表) of Japan Customs: the pages of its chapters
 * (`https://www.customs.go.jp/tariff/2026_07_09/data/j_61.htm`), or one table of all lines with the same columns. The
 * table has the cells of headings beside those of the lines: `nearest_基本`.
 */
export const jpCustoms: Publisher = {
  name: 'jp-customs',
  tariff: 'jp',
  title:
    'Japan Customs, customs tariff (実行関税率表): pages of chapters (HTML), or a table of their cells (CSV)',
  header: {
    hs: 'HS2022',
    law: 'Customs Tariff Law (1910 Law 54), Temporary Customs Tariff Measures Law (1960 Law 36), WTO schedule of Japan',
    provenance: 'published',
    confidence: 'high',
    agreements: JAPANESE_AGREEMENTS,
  },
  read: (files) => japaneseLines(files.flatMap(linesOf)),
};

function linesOf({ name, bytes }: PublishedFile): JapaneseLine[] {
  const text = decoded(bytes);
  return /<table/i.test(text) ? readJapanesePage(name, text) : readJapaneseTable(name, text);
}

/** Pages are UTF-8 today, and were Shift JIS before. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}

const COLUMNS = {
  code: ['code'],
  suffix: ['hs_suffix'],
  isLine: ['leaf'],
  goods: ['desc'],
  path: ['path'],
  general: ['nearest_基本'],
  temporary: ['nearest_暫定'],
  wto: ['nearest_WTO協定'],
  ownGeneral: ['基本'],
  ownTemporary: ['暫定'],
  ownWto: ['WTO協定'],
  ...Object.fromEntries(AGREEMENT_COLUMNS.map(({ title }) => [title, [title]])),
} as const;

type Column = keyof typeof COLUMNS;

function readJapaneseTable(name: string, text: string): JapaneseLine[] {
  const rows = readTable<string>({ name, text }, COLUMNS satisfies Record<Column, readonly string[]>);
  return rows
    .filter(({ cells }) => cells.isLine === '1')
    .map(({ cells }) => ({
      code: cells.code ?? '',
      goods: [
        ...(cells.path === undefined || cells.path === '' ? [] : cells.path.split(' > ')),
        cells.goods ?? '',
      ],
      general: cells.general ?? '',
      temporary: cells.temporary ?? '',
      wto: cells.wto ?? '',
      isWtoFromAbove: cells.ownWto === '' && (cells.ownGeneral !== '' || cells.ownTemporary !== ''),
      agreements: cells,
    }));
}

import { readTable } from '../../../files/read-table.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import { fileText } from '../../file-text.ts';
import { plain } from '../../rates/express-rate.ts';
import type { Publisher } from '../publisher.ts';

const COLUMNS = {
  code: ['HSCode', 'Product', 'ProductCode'],
  rate: ['AppliedTariff', 'Simple Average', 'SimpleAverage'],
} as const;

/**
 * Averages of the applied duty by HS subheading, from the World Integrated Trade Solution (UNCTAD TRAINS). An average
 * is the rate of a line only where all lines of the subheading have one rate; amounts for quantities are in it as
 * percentages. It is the last resort, and every figure of it says so.
 */
export const witsHs6: Publisher = {
  name: 'wits-hs6',
  tariff: 'averages',
  title:
    'Averages by HS subheading of the World Integrated Trade Solution, CSV with HSCode and AppliedTariff',
  header: {
    hs: 'HS2022',
    law: 'most-favoured-nation duty, simple average of the lines of each subheading (UNCTAD TRAINS)',
    provenance: 'reported',
    confidence: 'low',
    averages: true,
  },
  read(files) {
    const rows = files.flatMap((file) =>
      readTable({ name: file.name, text: fileText(file) }, COLUMNS).map((row) => ({
        ...row,
        file: file.name,
      })),
    );
    const bad = rows.filter(
      ({ cells }) => !/^\d{5,6}$/.test(cells.code) || !/^\d+(\.\d+)?$/.test(cells.rate),
    );
    if (bad.length > 0)
      throw new BadFile(
        bad
          .slice(0, 20)
          .map(({ file, line, cells }) => `${file}:${line}: no subheading with its average: ${cells.code}`)
          .join('\n'),
      );
    const lines = rows.map(({ cells }) => {
      const code = cells.code.padStart(6, '0');
      // Four decimals, as rates of the rules have: a mean of thirds has no end.
      const rate = plain(Number(cells.rate).toFixed(4));
      return { code, goods: `Subheading ${code.slice(0, 4)}.${code.slice(4)}`, text: cells.rate, rate };
    });
    return { lines, unparsed: [], read: rows.length };
  },
};

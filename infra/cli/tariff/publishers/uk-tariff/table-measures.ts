import { readTable } from '../../../files/read-table.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import { fileText } from '../../file-text.ts';
import { readDutyExpression } from '../../rates/taric-duty.ts';
import type { PublishedFile } from '../publisher.ts';
import type { UkMeasure } from './measure-lines.ts';

/** The columns of the table "measures on declarable commodities" (version 4 of its documentation). */
const COLUMNS = {
  code: ['commodity__code'],
  goods: ['commodity__description'],
  type: ['measure__type__id'],
  additional: ['measure__additional_code__code'],
  duty: ['measure__duty_expression'],
  from: ['measure__effective_start_date'],
  to: ['measure__effective_end_date'],
  area: ['measure__geographical_area__id'],
  excluded: ['measure__excluded_geographical_areas__ids'],
  order: ['measure__quota__order_number'],
} as const;

/** The measures of the table. Throws {@link BadFile} if the file is no such table. */
export function tableMeasures(file: PublishedFile): UkMeasure[] {
  // The service writes `#NA` into a cell without a value.
  const text = fileText(file).replace(/(^|,)"?#NA"?(?=,|\r?$)/gm, '$1');
  const rows = readTable({ name: file.name, text }, COLUMNS);
  const bad = rows.filter(({ cells }) => !/^\d{10}$/.test(cells.code));
  if (bad.length > 0)
    throw new BadFile(
      bad
        .slice(0, 20)
        .map(
          ({ line, cells }) =>
            `${file.name}:${line}: the commodity code does not have ten digits: ${cells.code}`,
        )
        .join('\n'),
    );
  return rows.map(({ cells: { code, goods, type, area, duty, from, to, ...special } }) => ({
    ...{ code, goods, type, area, from, to, text: duty },
    rate: readDutyExpression(duty, 'GBP'),
    isSpecial: Object.values(special).some((cell) => cell !== ''),
  }));
}

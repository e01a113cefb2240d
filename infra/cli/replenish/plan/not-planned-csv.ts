import type { FoundSku } from '../../../../shared/replenishment/run/list-found.ts';
import { text } from '../../../../shared/reports/answer/columns.ts';
import { csvLines } from '../../../../shared/reports/answer/report-csv.ts';
import { notPlannedTexts } from './not-planned.ts';

/** Why a product was not planned: what the run says of it, or what its code means. */
export const becauseOf = ({ why, detail }: Pick<FoundSku, 'why' | 'detail'>): string =>
  detail ?? (why === undefined ? '' : notPlannedTexts[why]);

/** Every product at a warehouse that was not planned, as comma-separated values with a line of titles. */
export const notPlannedCsv = (found: readonly FoundSku[]): string =>
  [
    ...csvLines({
      ...{ name: 'not-planned', title: 'Not planned' },
      columns: {
        sku: text('SKU', 'The product.'),
        warehouse: text('Warehouse', 'Where it was not planned.'),
        reason: text('Reason', 'Its code.'),
        because: text('Because', 'What it means.'),
      },
      rows: found.map((each) => ({
        ...{ sku: each.sku, warehouse: each.warehouseId, reason: each.why ?? '' },
        because: becauseOf(each),
      })),
    }),
  ].join('');

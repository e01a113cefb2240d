import { checkRow, type Sale } from './check-row.ts';
import { readRows } from './read-rows.ts';
import type { Refusal } from './refusal.ts';

export interface FileRead {
  /** Rows of the file, including unreadable ones; the header does not count. */
  readonly rowsRead: number;
  readonly sales: readonly Sale[];
  readonly refusals: readonly Refusal[];
}

/** Reads the file to its end and sorts its rows into sales and refused rows. */
export async function readFile(path: string): Promise<FileRead> {
  const sales: Sale[] = [];
  const refusals: Refusal[] = [];
  let rowsRead = 0;
  for await (const reading of readRows(path)) {
    rowsRead += 1;
    if (reading.kind === 'malformed') {
      refusals.push({ line: reading.line, invoiceNo: '', reason: 'malformed-row', detail: reading.problem });
      continue;
    }
    const sale = checkRow(reading.row);
    if (sale.ok) sales.push(sale.value);
    else refusals.push(sale.error);
  }
  return { rowsRead, sales, refusals };
}

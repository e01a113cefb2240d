import { checkRow, type Sale } from './check-row.ts';
import { readRows } from './read-rows.ts';
import type { Refusal } from './refusal.ts';

export interface FileRead {
  /** The number of rows in the file, including unreadable ones, without the header. */
  readonly rowsRead: number;
  readonly sales: readonly Sale[];
  readonly refusals: readonly Refusal[];
}

/** Reads the whole file, and divides its rows into sales and refused rows. */
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

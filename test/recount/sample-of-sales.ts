import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

interface Row {
  readonly record: Readonly<Record<string, string>>;
  /** The row unchanged, with its line break. */
  readonly raw: string;
}

/**
 * Writes about this number of invoices of a file of sales, spread evenly over it, with all their rows unchanged. So
 * every day of the file has some, however few are taken.
 */
export async function sampleOfSales(sales: string, invoices: number, file: string): Promise<void> {
  const bytes = await readFile(sales);
  const text = (sales.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const rows: Row[] = parse(text, { columns: true, raw: true, bom: true });
  const numbers = [...new Set(rows.map(({ record }) => record.InvoiceNo))];
  const step = Math.max(1, numbers.length / invoices);
  const taken = new Set(
    numbers.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)),
  );
  const head = text.slice(0, text.indexOf('\n') + 1);
  const kept = rows.filter(({ record }) => taken.has(record.InvoiceNo)).map(({ raw }) => raw.trim());
  await writeFile(file, `${head}${kept.join('\n')}\n`);
}

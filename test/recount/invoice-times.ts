import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Instant } from '../../shared/kernel/time.ts';

/** The time of the invoice of each order that the replay placed, by the id of the order. Read as UTC. */
export async function invoiceTimes(sales: string, orders: string): Promise<ReadonlyMap<string, Instant>> {
  const bytes = await readFile(sales);
  const rows: Record<string, string>[] = parse(sales.endsWith('.gz') ? gunzipSync(bytes) : bytes, {
    columns: true,
  });
  const firsts = new Map<string, string>();
  for (const { InvoiceNo = '', InvoiceDate = '' } of rows)
    if (!firsts.has(InvoiceNo)) firsts.set(InvoiceNo, InvoiceDate);
  const placed: Record<string, string>[] = parse(await readFile(orders), { columns: true });
  return new Map(
    placed
      .filter(({ orderId }) => orderId !== '')
      .map(({ order = '', orderId = '' }) => [
        orderId,
        instantOf(firsts.get(order.split('/')[0] ?? '') ?? ''),
      ]),
  );
}

/** Reads `12/1/10 8:26`: month, day and year. Throws a RangeError on another text. */
function instantOf(text: string): Instant {
  const [, month = '', day = '', year = '', hour = '', minute = ''] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4}) (\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const two = (digits: string) => digits.padStart(2, '0');
  const full = year.length === 2 ? `20${year}` : year;
  return new Date(`${full}-${two(month)}-${two(day)}T${two(hour)}:${minute}:00.000Z`).toISOString();
}

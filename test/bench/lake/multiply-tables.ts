import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openEngine, quoted } from '../../../shared/lake/engine/open-engine.ts';

/** Columns that name an order or a part of one: each copy of an order has its own. */
const IDS = ['fact_id', 'order_id', 'parcel_id', 'payment_id', 'refund_id', 'quote_id', 'declaration_id'];

/**
 * Copies the tables of a lake with `times` copies of each order: queries are measured on more orders than anybody waits
 * for to be made from facts.
 */
export async function multiplyTables(from: string, to: string, times: number): Promise<void> {
  const parent = dirname(from);
  await mkdir(to, { recursive: true });
  const engine = await openEngine({ folder: parent });
  try {
    const files = await readdir(join(from, 'tables'), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.parquet'))) {
      const [source, target] = [join(from, 'tables', file), join(to, 'tables', file)];
      await mkdir(dirname(target), { recursive: true });
      const reader = await engine.connection.runAndReadAll(
        `SELECT * FROM read_parquet(${quoted(source)}, hive_partitioning = false) LIMIT 0`,
      );
      const ids = reader.columnNames().filter((name) => IDS.includes(name));
      const own = ids.map((name) => `${name} || '-' || n AS ${name}`).join(', ');
      await engine.run(
        `COPY (SELECT t.* REPLACE (${own}) FROM read_parquet(${quoted(source)}, hive_partitioning = false) t, range(${times}) r(n)) ` +
          `TO ${quoted(target)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    }
  } finally {
    engine.close();
  }
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const FILE = 'sample-shop.json';

/** Members that another version of this program wrote are left out. */
const shopRecordSchema = z.object({
  /** `empty`: this data folder was started with `--empty` and never takes sample data. */
  kind: z.enum(['sample', 'empty']),
  /** The parts of the sample shop that were stored already. */
  stored: z.array(z.string()),
  /** The publishable key of the sample storefront, once that is stored. */
  storefrontKey: z.string().optional(),
  /** Whether the demo's order was carried to its delivery. */
  isDemoShown: z.boolean().optional(),
});

/** Which sample data a data folder was given, so that no start gives it twice. */
export type ShopRecord = z.infer<typeof shopRecordSchema>;

/** Where a {@link ShopRecord} is kept. */
export interface ShopRecordStore {
  read(): ShopRecord | undefined;
  write(record: ShopRecord): void;
}

/** The record in a file of the data folder. Reading throws an Error that names the file when it is damaged. */
export function fileRecord(dataDir: string): ShopRecordStore {
  const file = join(dataDir, FILE);
  return {
    read: () => (existsSync(file) ? parse(file) : undefined),
    write: (record) => {
      mkdirSync(dirname(file), { recursive: true });
      const fresh = `${file}.${process.pid}`;
      writeFileSync(fresh, `${JSON.stringify(record, undefined, 2)}\n`);
      renameSync(fresh, file);
    },
  };
}

/** A record that is forgotten with the process: for a backend whose data goes away with it. */
export function memoryRecord(): ShopRecordStore {
  let record: ShopRecord | undefined;
  return {
    read: () => record,
    write: (next) => {
      record = next;
    },
  };
}

function parse(file: string): ShopRecord {
  try {
    return shopRecordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const advice = 'delete it to have the sample shop stored again';
    throw new Error(`${file} does not say which sample data is stored: ${advice}`, { cause });
  }
}

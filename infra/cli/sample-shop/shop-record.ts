import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const FILE = 'sample-shop.json';

/** Unknown members are ignored: another version of this program may have written them. */
const shopRecordSchema = z.object({
  /** `empty` means that this data folder was started with `--empty` and never gets sample data. */
  kind: z.enum(['sample', 'empty']),
  /** The parts of the sample shop that are stored. */
  stored: z.array(z.string()),
  /** The publishable key of the sample storefront; undefined until the storefront is stored. */
  storefrontKey: z.string().optional(),
  /** Whether the order of the demo was delivered. */
  isDemoShown: z.boolean().optional(),
});

/** The sample data that a data folder has received, so that no start stores them again. */
export type ShopRecord = z.infer<typeof shopRecordSchema>;

/** The store of a {@link ShopRecord}. */
export interface ShopRecordStore {
  read(): ShopRecord | undefined;
  write(record: ShopRecord): void;
}

/** A record in a file of the data folder. Reading throws an Error that names the file when it is damaged. */
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

/** A record in memory, for a backend whose data also ends with the process. */
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
    const advice = 'delete the file, and the next start stores the sample shop again';
    throw new Error(`${file} does not list the stored sample data: ${advice}`, { cause });
  }
}

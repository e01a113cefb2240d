import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { NewFact } from '../../events/all-events.ts';
import { later } from '../../shared/kernel/time.ts';
import { type LakeRecord, writeRecord } from '../../shared/lake/record.ts';
import { recordsOf } from './lake.ts';

/** The records of the n-th order with these facts, as if it was placed so much later than the usual one. */
export function recordsOfOrder(n: number, facts: readonly NewFact[], laterMs = 0): LakeRecord[] {
  const digits = n.toString().padStart(6, '0');
  return recordsOf(facts).map((record) => {
    const moved = JSON.stringify(record).replaceAll(
      /"((?:ord|fct|par|pay|ref|dec|dsp|quo)_)(\d{20})(\d{6})"/g,
      `"$1${'0'.repeat(14)}${digits}$3"`,
    );
    const { occurredAt, recordedAt, ...rest } = JSON.parse(moved) as LakeRecord;
    return {
      ...rest,
      occurredAt: later(occurredAt, laterMs),
      recordedAt: later(recordedAt, laterMs),
    } as LakeRecord;
  });
}

/** The lines of records, as an object of facts has them. */
export const linesOf = (records: readonly LakeRecord[]): string =>
  records.map((record) => `${writeRecord(record)}\n`).join('');

/** Stores records as an object of facts in the folder of a lake. */
export async function putFacts(folder: string, key: string, records: readonly LakeRecord[]): Promise<void> {
  await putBytes(folder, key, gzipSync(linesOf(records)));
}

export async function putBytes(folder: string, key: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, key);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

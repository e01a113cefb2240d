import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvField } from './csv-field.ts';
import type { Refusal } from './refusal.ts';

/** Writes the refused rows as CSV: the line of the file, the invoice, the reason and the error. */
export async function writeRefusals(path: string, refusals: readonly Refusal[]): Promise<void> {
  await pipeline(Readable.from(lines(refusals)), createWriteStream(path));
}

function* lines(refusals: readonly Refusal[]): Generator<string> {
  yield 'line,invoice,reason,detail\n';
  for (const { line, invoiceNo, reason, detail } of refusals) {
    yield `${line},${csvField(invoiceNo)},${csvField(reason)},${csvField(detail)}\n`;
  }
}

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Refusal } from './refusal.ts';

/** Writes the refused rows as CSV: line of the file, invoice, reason, what was wrong. */
export async function writeRefusals(path: string, refusals: readonly Refusal[]): Promise<void> {
  await pipeline(Readable.from(lines(refusals)), createWriteStream(path));
}

function* lines(refusals: readonly Refusal[]): Generator<string> {
  yield 'line,invoice,reason,detail\n';
  for (const { line, invoiceNo, reason, detail } of refusals) {
    yield `${line},${field(invoiceNo)},${field(reason)},${field(detail)}\n`;
  }
}

/** Quoted where it has to be; a text that a spreadsheet would take for a formula is kept a text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

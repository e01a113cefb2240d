import { readFileSync } from 'node:fs';
import { editionFiles } from '../../../shared/duties/schedules/editions/index.ts';
import { openSchedule } from '../../../shared/duties/schedules/schedule-file.ts';
import { type Column, textTable } from '../terminal/text-table.ts';

const FOLDER = new URL('../../../shared/duties/schedules/editions/', import.meta.url);

const columns: readonly Column[] = [
  { title: 'tariff', align: 'left' },
  { title: 'edition', align: 'left' },
  { title: 'used from', align: 'left' },
  { title: 'known to', align: 'left' },
  { title: 'codes', align: 'left' },
  { title: 'lines', align: 'right' },
  { title: 'confidence', align: 'left' },
  { title: 'law', align: 'left' },
];

/** Lists the editions of the repository. After `known to` a rate of an edition says that it may be old. */
export function listEditions(say: (line: string) => void): void {
  const rows = editionFiles.map(({ name }) => {
    const { header, lineCount } = openSchedule(readFileSync(new URL(name, FOLDER)));
    const { tariff, edition, validFrom, knownTo, hs, confidence, law } = header;
    return [tariff, edition, validFrom, knownTo, hs, String(lineCount), confidence, law];
  });
  say(textTable(columns, rows));
}

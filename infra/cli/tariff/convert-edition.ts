import { writeFileSync } from 'node:fs';
import type { Progress } from '../terminal/progress.ts';
import { editionReport } from './edition-report.ts';
import { makeEdition } from './make-edition.ts';
import type { ConvertOptions } from './tariff-options.ts';

/** Converts a publisher's files, says what was read, and writes the file of the edition if it is asked for. */
export function convertEdition(
  options: ConvertOptions,
  today: string,
  { progress, say }: { readonly progress: Progress; readonly say: (line: string) => void },
): void {
  const edition = makeEdition(options, today, progress);
  for (const line of editionReport(edition, options.listUnparsed)) say(line);
  if (options.out === undefined) {
    say('Nothing was written: name a file with --out');
    return;
  }
  writeFileSync(options.out, edition.file);
  say(`Written to ${options.out}`);
}

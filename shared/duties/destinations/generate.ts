import { fingerprint } from '../../kernel/hash.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import { checkedRowsOf } from '../rules/rule-file.ts';
import type { Rule } from '../rules/schema.ts';
import type { DestinationFile } from './destination-file.ts';

/**
 * What `npm run rules -- version` writes under `generated/` from the list of files. Headers and tax
 * numbers are written apart from the rows, so that a function that needs only a time zone is not bundled with every
 * rate of every destination.
 */
export function generatedFrom(
  files: Readonly<Record<string, DestinationFile>>,
  version: { readonly before: string; readonly today: CalendarDate },
) {
  const all = Object.values(files);
  const rows = all.flatMap((file) => checkedRowsOf(file));
  return {
    rows: rows.length,
    files: {
      'version.json': { version: versionOf(rows, version) },
      'destinations.json': all.flatMap(({ destination }) => {
        if (destination === undefined) return [];
        const { summary: _forReaders, ...header } = destination;
        return [header];
      }),
      'rule-files.json': filesByRegime(files),
      'tax-numbers.json': Object.assign({}, ...all.map(({ taxNumbers = {} }) => taxNumbers)) as Record<
        string,
        string
      >,
    },
  };
}

/** The names of the files that have rows of each regime, as they are on the disk, in the order of the list. */
function filesByRegime(files: Readonly<Record<string, DestinationFile>>): Record<string, readonly string[]> {
  const named = Object.entries(files).flatMap(([name, file]) =>
    [...new Set(checkedRowsOf(file).map(({ regime }) => regime))].map((regime) => ({ regime, name })),
  );
  const byRegime = Map.groupBy(named, ({ regime }) => regime);
  return Object.fromEntries(
    [...byRegime].map(([regime, all]) => [regime, all.map(({ name }) => fileName(name))]),
  );
}

/** `usSection301China` is the file `us-section-301-china`. */
const fileName = (name: string): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/g, '-').toLowerCase();

/** The day of the last change and the beginning of the rows' fingerprint; unchanged if no row changed. */
function versionOf(
  rows: readonly Rule[],
  { before, today }: { before: string; today: CalendarDate },
): string {
  const beginning = fingerprint(rows).slice(0, 8);
  return before.endsWith(`-${beginning}`) ? before : `${today}-${beginning}`;
}

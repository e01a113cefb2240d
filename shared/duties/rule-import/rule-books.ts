import type { Country } from '../../kernel/country.ts';
import { invariant } from '../../kernel/invariant.ts';
import { regimes } from '../regimes/index.ts';
import { openRuleBook, type RuleBook } from '../rule-book.ts';
import { builtinVersion } from '../rules/builtin-version.ts';
import type { RowsOf } from '../rules/rows-by-regime.ts';
import { openSchedule, type Schedule } from '../schedules/schedule-file.ts';
import { type EditionFile, type TariffSchedules, withEditions } from '../schedules/schedules.ts';
import { isTariffOf } from '../tariff-import/is-tariff-of.ts';
import type { ImportedTariffs } from '../tariff-import/tariff-store.ts';
import { versionWith } from '../tariff-import/version-with.ts';
import type { RuleStore } from './import-rules.ts';
import { rowsOver } from './merge-rules.ts';

/** The rules that price new quotes. */
export interface RuleBooks {
  /**
   * The rules for prices to the country; to any if absent. Editions that the deployment imported are read for the
   * tariffs of the country only.
   */
  current(country?: Country): Promise<RuleBook>;
}

export interface TariffSources {
  /** The editions that come with the code. */
  readonly beside: TariffSchedules;
  readonly imported: ImportedTariffs;
}

/**
 * The repository's rules (`rowsOf`), overridden by the deployment's own; merged once per version and regime. Rates that
 * no row has are taken from the schedules of tariffs, if any are given.
 */
export function createRuleBooks(
  store: Pick<RuleStore, 'current'>,
  { rowsOf, tariffs }: { readonly rowsOf: RowsOf; readonly tariffs?: TariffSources },
): RuleBooks {
  const builtin = openRuleBook(rowsOf, builtinVersion, tariffs?.beside);
  const opened = new Map<string, Schedule>();
  let book: RuleBook = builtin;
  const openedAs = (name: string): Schedule => {
    const schedule = opened.get(name);
    invariant(schedule !== undefined, 'an imported edition is read before prices ask for it', { name });
    return schedule;
  };
  return {
    async current(country) {
      const [own, list] = await Promise.all([store.current(), tariffs?.imported.current()]);
      const version = versionWith(own?.version ?? builtinVersion, list);
      const wanted = (list?.editions ?? []).filter((file) => isFor(file, country) && !opened.has(file.name));
      const read = async ({ name }: EditionFile) => {
        const file = await tariffs?.imported.read(name);
        if (file !== undefined) opened.set(name, openSchedule(file));
      };
      await Promise.all(wanted.map(read));
      if (book.version === version) return book;
      const rows = own === undefined ? rowsOf : rowsOver(rowsOf, own.rows);
      const schedules =
        list === undefined ? tariffs?.beside : withEditions(tariffs?.beside, list.editions, openedAs);
      book = own === undefined && list === undefined ? builtin : openRuleBook(rows, version, schedules);
      return book;
    },
  };
}

function isFor({ tariff }: EditionFile, country: Country | undefined): boolean {
  if (country === undefined) return true;
  const regime = regimes.find(({ countries }) => countries.includes(country));
  return regime !== undefined && isTariffOf(tariff, regime.code);
}

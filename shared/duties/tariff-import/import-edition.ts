import { MAX_AFFECTED_SKUS } from '../../../events/trade-rules.ts';
import { canonicalJson, fingerprint } from '../../kernel/hash.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import type { Instant } from '../../kernel/time.ts';
import { regimes } from '../regimes/index.ts';
import type { RuleStore } from '../rule-import/import-rules.ts';
import { builtinVersion } from '../rules/builtin-version.ts';
import type { ScheduleHeader } from '../schedules/schedule.ts';
import { openSchedule, type Schedule } from '../schedules/schedule-file.ts';
import { type EditionFile, latestOf, type TariffSchedules } from '../schedules/schedules.ts';
import { checkEdition, type EditionProblem } from './check-edition.ts';
import { type ChapterChange, editionChanges } from './edition-changes.ts';
import { isTariffOf } from './is-tariff-of.ts';
import type { ImportedEditions, TariffStore } from './tariff-store.ts';
import { versionWith } from './version-with.ts';

export interface EditionImport {
  readonly now: Instant;
  readonly dryRun: boolean;
  /** What the sender says of the edition: the same as the file. */
  readonly header: ScheduleHeader;
  readonly bytes: Uint8Array;
}

export interface ImportSources {
  readonly store: TariffStore;
  /** The editions that come with the code. */
  readonly beside: TariffSchedules;
  /** The deployment's own rules, whose version quotes name beside that of the list of editions. */
  readonly rules: Pick<RuleStore, 'current'>;
  /** SKUs by the beginning of their HS code; at most the given number. */
  readonly skusOf: (
    hsPrefixes: readonly string[],
    most: number,
  ) => Promise<{ readonly skus: readonly string[]; readonly areAll: boolean }>;
}

export interface EditionPlan {
  /** The version that quotes name once it is stored. */
  readonly version: string;
  readonly header: ScheduleHeader;
  /** The name of the edition that it is compared with: the one in use on its first day. */
  readonly before: string | undefined;
  readonly lines: number;
  /** The lines whose rate is not read: their goods are refused by name. */
  readonly unparsed: number;
  readonly changes: readonly ChapterChange[];
  readonly stored: boolean;
}

export type EditionRefusal =
  | { readonly reason: 'bad-edition'; readonly problems: readonly EditionProblem[] }
  | { readonly reason: 'other-header' }
  | { readonly reason: 'moved-on' };

/**
 * Imports an edition of a tariff whole or not at all. It checks every line, and compares the edition with the one that
 * is in use on its first day. A dry run stores nothing; so does an edition that is in use already.
 */
export async function importEdition(
  { store, beside, rules: stored, skusOf }: ImportSources,
  { now, dryRun, header, bytes }: EditionImport,
): Promise<Result<EditionPlan, EditionRefusal>> {
  const checked = checkEdition(bytes);
  if (!checked.ok) return refused({ reason: 'bad-edition', problems: checked.error });
  const schedule = checked.value;
  if (canonicalJson(schedule.header) !== canonicalJson(header)) return refused({ reason: 'other-header' });
  const { tariff, edition, validFrom } = header;
  const [list, own] = await Promise.all([store.current(), stored.current()]);
  const rules = own?.version ?? builtinVersion;
  const file = {
    name: `${tariff}-${edition}-${fingerprint(bytesText(bytes)).slice(0, 8)}`,
    tariff,
    validFrom,
  };
  const before = await inUse({ store, beside }, list, file);
  const isInUse = latestOf(list?.editions ?? [], tariff, validFrom)?.name === file.name;
  const changes = isInUse ? [] : editionChanges(before, schedule);
  const next = listWith(list, file, now);
  const plan = {
    ...{ version: versionWith(rules, isInUse ? list : next), header, changes },
    before: before === undefined ? undefined : `${before.header.tariff} ${before.header.edition}`,
    lines: schedule.lineCount,
    unparsed: unparsedIn(schedule),
  };
  if (dryRun || isInUse) return ok({ ...plan, stored: false });
  const goods = changes.map(({ chapter }) => chapter);
  const { skus, areAll } = await skusOf(goods, MAX_AFFECTED_SKUS);
  const countOf = (kind: 'added' | 'removed' | 'changed') =>
    changes.reduce((all, each) => all + each[kind], 0);
  const reported = {
    ...{ version: plan.version, previousVersion: versionWith(rules, list) },
    destinations: regimes.flatMap(({ code, countries }) => (isTariffOf(tariff, code) ? [...countries] : [])),
    ...{ goods, skus: [...skus], moreSkus: !areAll },
    ...{ added: countOf('added'), changed: countOf('changed') + countOf('removed') },
  };
  const made = { name: file.name, bytes, header, lines: schedule.lineCount, importedAt: now };
  const outcome = await store.add(made, { list: next, previous: list?.version, reported });
  return outcome === 'stored' ? ok({ ...plan, stored: true }) : refused({ reason: 'moved-on' });
}

const bytesText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** The edition whose rates are used on the first day of the new one. */
async function inUse(
  { store, beside }: Pick<ImportSources, 'store' | 'beside'>,
  list: ImportedEditions | undefined,
  { tariff, validFrom }: EditionFile,
): Promise<Schedule | undefined> {
  const own = latestOf(list?.editions ?? [], tariff, validFrom);
  const other = beside.editionOn(tariff, validFrom);
  if (own === undefined || (other !== undefined && other.header.validFrom > own.validFrom)) return other;
  return openSchedule(await store.read(own.name));
}

/** The list with the edition at its end, where it comes before others with its first day. */
function listWith(list: ImportedEditions | undefined, file: EditionFile, now: Instant): ImportedEditions {
  const editions = [...(list?.editions ?? []).filter(({ name }) => name !== file.name), file];
  return { version: `${now.slice(0, 10)}-${fingerprint(editions).slice(0, 8)}`, editions };
}

function unparsedIn(schedule: Schedule): number {
  return schedule.chapters
    .map((chapter) => schedule.linesOf(chapter).filter(({ rate }) => rate === undefined).length)
    .reduce((all, own) => all + own, 0);
}

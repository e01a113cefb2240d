import { MAX_AFFECTED_SKUS, type TradeRulesImportedData } from '../../../events/trade-rules.ts';
import { fingerprint } from '../../kernel/hash.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import type { Instant } from '../../kernel/time.ts';
import { regimes } from '../regimes/index.ts';
import { builtinVersion } from '../rules/builtin-version.ts';
import type { RowsOf } from '../rules/rows-by-regime.ts';
import { type RuleFile, rowsOf } from '../rules/rule-file.ts';
import type { Rule } from '../rules/schema.ts';
import { overlapsOf, problemsOfRows, type RowProblem } from './check-rules.ts';
import { diffRules, type RuleChange } from './diff-rules.ts';
import { mergeRules } from './merge-rules.ts';

/** A deployment's own rows. They override those of the repository. */
export interface OwnRules {
  readonly version: string;
  readonly rows: readonly Rule[];
}

export interface RuleStore {
  /** Undefined while the deployment has none of its own. */
  current(): Promise<OwnRules | undefined>;
  /** The rows of an earlier version, to compute an earlier quote again. */
  at(version: string): Promise<OwnRules | undefined>;
  /** Makes the rows current and publishes an event, unless another import came in between. */
  replace(
    rules: OwnRules,
    given: { readonly previous: string | undefined; readonly reported: TradeRulesImportedData },
  ): Promise<'replaced' | 'moved-on'>;
}

export interface ImportContext {
  readonly now: Instant;
  readonly dryRun: boolean;
  /** The repository's rows. */
  readonly builtin: RowsOf;
  /** SKUs by the beginning of their HS code, all SKUs without one; at most the given number. */
  readonly skusOf: (
    hsPrefixes: readonly string[],
    most: number,
  ) => Promise<{ readonly skus: readonly string[]; readonly areAll: boolean }>;
}

export interface ImportPlan {
  readonly version: string;
  readonly changes: readonly RuleChange[];
}

export type ImportRefusal =
  | { readonly reason: 'bad-rows'; readonly problems: readonly RowProblem[] }
  | { readonly reason: 'moved-on' };

/**
 * Imports a file of rules whole or not at all. It checks every row, refuses two rows with one subject on the same day,
 * and reports the changes by destination. A dry run stores nothing.
 */
export async function importRules(
  store: RuleStore,
  file: RuleFile,
  { now, dryRun, builtin, skusOf }: ImportContext,
): Promise<Result<ImportPlan, ImportRefusal>> {
  const given = rowsOf(file);
  const own = await store.current();
  const before = mergeRules(
    regimes.flatMap(({ code }) => builtin(code)),
    own?.rows ?? [],
  );
  const problems = [...problemsOfRows(given), ...unknownRegimes(given)];
  if (problems.length > 0) return refused({ reason: 'bad-rows', problems });
  const rows = given as unknown as Rule[];
  const clashes = clashesOf(mergeRules(before, rows), rows);
  if (clashes.length > 0) return refused({ reason: 'bad-rows', problems: clashes });
  const changes = diffRules(before, rows, countriesOf);
  const over = mergeRules(own?.rows ?? [], rows);
  const version = `${builtinVersion}+${now.slice(0, 10)}-${fingerprint(over).slice(0, 8)}`;
  const plan = { version, changes };
  if (dryRun || changes.length === 0) return ok(plan);
  const summary = summaryOf(rows, changes);
  const { skus, areAll } = await skusOf(summary.goods, MAX_AFFECTED_SKUS);
  const previousVersion = own?.version ?? builtinVersion;
  const reported = { version, previousVersion, ...summary, skus: [...skus], moreSkus: !areAll };
  const outcome = await store.replace({ version, rows: over }, { previous: own?.version, reported });
  return outcome === 'replaced' ? ok(plan) : refused({ reason: 'moved-on' });
}

export const countriesOf = (code: string) => regimes.find((regime) => regime.code === code)?.countries ?? [];

function unknownRegimes(rows: readonly Record<string, unknown>[]): RowProblem[] {
  const known = regimes.map(({ code }) => code as string);
  return rows.flatMap(({ regime }, row) =>
    typeof regime !== 'string' || known.includes(regime)
      ? []
      : [{ row, field: 'regime', detail: `${regime} is no regime: one of ${known.join(', ')}` }],
  );
}

function clashesOf(all: readonly Rule[], imported: readonly Rule[]): RowProblem[] {
  return overlapsOf(all).flatMap(({ ids, from }) => {
    const row = imported.findIndex(({ id }) => ids.includes(id));
    const other = ids.find((id) => id !== imported[row]?.id) ?? ids[0];
    return [
      { row, field: 'validFrom', detail: `holds from ${from} together with ${other}: end one of them` },
    ];
  });
}

function summaryOf(rows: readonly Rule[], changes: readonly RuleChange[]) {
  const changed = new Set(changes.map(({ ruleId }) => ruleId));
  const goodsOf = rows.filter(({ id }) => changed.has(id)).map(goodsIn);
  // If one row concerns all goods, the import concerns all goods.
  const goods = goodsOf.some((own) => own.length === 0) ? [] : goodsOf.flat();
  return {
    destinations: [...new Set(changes.flatMap(({ destinations }) => destinations))].toSorted(),
    // The fact stays small however long the file is: a long tariff is summarised by its chapters.
    goods: [...new Set(goods.length > 200 ? goods.map((prefix) => prefix.slice(0, 2)) : goods)].toSorted(),
    added: changes.filter(({ change }) => change === 'added').length,
    changed: changes.filter(({ change }) => change === 'changed').length,
  };
}

/** The HS prefixes of a row's goods; empty if it concerns all goods. */
const goodsIn = (row: Rule): readonly string[] =>
  row.kind === 'tariff-line' ? [row.hsPrefix] : (row.when?.goods?.only ?? []);

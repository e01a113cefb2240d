import type { Country } from '../../kernel/country.ts';
import { canonicalJson } from '../../kernel/hash.ts';
import type { Rule } from '../rules/schema.ts';

/** The effect of an import on one row. */
export interface RuleChange {
  readonly ruleId: string;
  readonly kind: Rule['kind'];
  readonly change: 'added' | 'changed';
  /** The changed fields, with their values as text. */
  readonly fields: readonly { readonly field: string; readonly before?: string; readonly after?: string }[];
  readonly destinations: readonly Country[];
}

/** The changes that an import makes, row by row; unchanged rows are left out. */
export function diffRules(
  rows: readonly Rule[],
  over: readonly Rule[],
  countriesOf: (regime: string) => readonly Country[],
): RuleChange[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return over.flatMap((row): RuleChange[] => {
    const before = byId.get(row.id);
    const fields = changedFields(before, row);
    if (before !== undefined && fields.length === 0) return [];
    const destinations = [before, row].flatMap((each) =>
      each === undefined ? [] : (each.destinations ?? countriesOf(each.regime)),
    );
    return [
      {
        ruleId: row.id,
        kind: row.kind,
        change: before === undefined ? 'added' : 'changed',
        fields,
        destinations: [...new Set(destinations)].toSorted(),
      },
    ];
  });
}

function changedFields(before: Rule | undefined, after: Rule): RuleChange['fields'] {
  const [old, now] = [(before ?? {}) as Record<string, unknown>, after as Record<string, unknown>];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted();
  return names
    .filter((name) => canonicalJson(old[name]) !== canonicalJson(now[name]))
    .map((field) => ({
      field,
      ...(old[field] === undefined ? {} : { before: canonicalJson(old[field]) }),
      ...(now[field] === undefined ? {} : { after: canonicalJson(now[field]) }),
    }));
}

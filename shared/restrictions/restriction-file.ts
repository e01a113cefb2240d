import { type RuleFile, rowsOf } from '../duties/rules/rule-file.ts';
import { type GoodsKind, goodsKindSchema, type Restriction, restrictionSchema } from './schema.ts';

/** What is wrong with a row, by field; empty when it is a restriction. */
export function problemsOfRestriction(row: unknown): { readonly field: string; readonly detail: string }[] {
  const read = restrictionSchema.safeParse(row);
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) => ({ field: path.join('.'), detail: message }));
}

/** The rows of a file that was checked before: those of the repository are checked by its tests. */
export function checkedRestrictionsOf(file: RuleFile): Restriction[] {
  return rowsOf(file).map((row) => ({ enforcement: 'required', ...row }) as Restriction);
}

/** The kinds of goods of a file that was checked before. */
export function checkedKindsOf(file: { readonly kinds: readonly unknown[] }): GoodsKind[] {
  return file.kinds as GoodsKind[];
}

/** What is wrong with a kind of goods, in words; undefined when nothing is. */
export function problemOfKind(kind: unknown): string | undefined {
  return goodsKindSchema.safeParse(kind).error?.message;
}

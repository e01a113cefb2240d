import { type RuleFile, rowsOf } from '../duties/rules/rule-file.ts';
import { type GoodsKind, goodsKindSchema, type Restriction, restrictionSchema } from './schema.ts';

/** The errors of a row, by field; empty when it is a valid restriction. */
export function problemsOfRestriction(row: unknown): { readonly field: string; readonly detail: string }[] {
  const read = restrictionSchema.safeParse(row);
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) => ({ field: path.join('.'), detail: message }));
}

/** The rows of a checked file: the repository's tests check its files. */
export function checkedRestrictionsOf(file: RuleFile): Restriction[] {
  return rowsOf(file).map((row) => ({ enforcement: 'required', ...row }) as Restriction);
}

/** The kinds of goods of a checked file. */
export function checkedKindsOf(file: { readonly kinds: readonly unknown[] }): GoodsKind[] {
  return file.kinds as GoodsKind[];
}

/** The error of a kind of goods, in words; undefined when it is valid. */
export function problemOfKind(kind: unknown): string | undefined {
  return goodsKindSchema.safeParse(kind).error?.message;
}

import type { ImportedEditions } from './tariff-store.ts';

/** The version of rules that are used with imported editions, as quotes name it. */
export const versionWith = (rules: string, list: Pick<ImportedEditions, 'version'> | undefined): string =>
  list === undefined ? rules : `${rules}+tariffs-${list.version}`;

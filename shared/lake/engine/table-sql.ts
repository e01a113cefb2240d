import { invariant } from '../../kernel/invariant.ts';
import type { Subject } from '../subject.ts';
import { subjects } from '../subjects/index.ts';
import { quoted } from './open-engine.ts';

/** The names of a table's columns, for SELECT. */
export const columnList = ({ columns }: Subject): string => Object.keys(columns).join(', ');

/** The names and types of a table's columns, for CREATE TABLE. */
export const columnTypes = ({ columns }: Subject): string =>
  Object.entries(columns)
    .map(([name, { type }]) => `${name} ${type}`)
    .join(', ');

/** The subject of a name that is known to exist. */
export function subjectNamed(name: string): Subject {
  const subject = subjects.find((each) => each.name === name);
  invariant(subject !== undefined, 'the subject exists', { name });
  return subject;
}

/**
 * SELECT of the rows of a table's files in their folders by day. A question that names days opens only their files. A
 * column that an older file lacks is NULL.
 */
export const selectDays = (subject: Subject, files: readonly string[]): string =>
  selectFiles(subject, files, "hive_partitioning = true, hive_types = {'day': DATE}");

/** SELECT of the rows of files; a column that an older file lacks is NULL. */
export function selectFiles(
  subject: Subject,
  files: readonly string[],
  partitions = 'hive_partitioning = false',
): string {
  if (files.length === 0) return `SELECT ${nulls(subject)} WHERE false`;
  const list = files.map(quoted).join(', ');
  // The empty row set first: its columns are all there, in their order, whatever columns the files have.
  return (
    `SELECT ${nulls(subject)} WHERE false UNION ALL BY NAME ` +
    `SELECT * FROM read_parquet([${list}], union_by_name = true, ${partitions})`
  );
}

const nulls = ({ columns }: Subject): string =>
  Object.entries(columns)
    .map(([name, { type }]) => `CAST(NULL AS ${type}) AS ${name}`)
    .join(', ');

/** The number of rows and the checksum of what stands in FROM. */
export function figuresOf(subject: Subject, from: string): string {
  // The record separator in the place of NULL, the unit separator between values: neither is in any text.
  const values = Object.keys(subject.columns).map((name) => `coalesce(CAST(${name} AS VARCHAR), chr(30))`);
  return (
    `SELECT count(*) AS n, CAST(sum(CAST(md5_number_lower(concat_ws(chr(31), ${values.join(', ')})) AS HUGEINT)) ` +
    `AS VARCHAR) AS checksum FROM ${from}`
  );
}

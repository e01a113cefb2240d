import type { ColumnType } from '../subject.ts';

/** A question that has a name: a table that is computed when it is asked. */
export interface View {
  readonly name: string;
  /** One sentence: what a row is. */
  readonly says: string;
  /** A query of tables and other views. It is kept to the SQL that DuckDB and Trino both know. */
  readonly sql: string;
  /** The names and types of its columns in their order, for catalogues that have to know them. */
  readonly columns: Readonly<Record<string, ColumnType>>;
}

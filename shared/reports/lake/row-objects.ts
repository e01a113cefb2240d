/** The rows of an answer by the names of its columns. */
export const rowObjects = ({
  columns,
  rows,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}): Readonly<Record<string, unknown>>[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));

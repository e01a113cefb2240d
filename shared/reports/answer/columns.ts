import type { Money } from '../../kernel/money.ts';

/** What a column holds, so that every form of the report writes it rightly. */
export type ColumnKind =
  /** An amount in minor units with its currency. */
  | 'money'
  /** A whole number of things. */
  | 'count'
  /** A part of a whole: 0.25 is a quarter. */
  | 'ratio'
  /** Seconds. */
  | 'duration'
  /** Grams. */
  | 'mass'
  | 'text'
  /** A country by its code of ISO 3166. */
  | 'country'
  /** A calendar date by the clocks of the report's time zone. */
  | 'day';

/** A column of a report: its heading, and one sentence that says what the figure is and when it may still change. */
export interface ReportColumn<Kind extends ColumnKind = ColumnKind> {
  readonly kind: Kind;
  readonly title: string;
  readonly is: string;
}

export type ReportColumns = Readonly<Record<string, ReportColumn>>;

/** What stands in a cell. Null: there is no figure, such as a mean of nothing. */
export type ReportCell = Money | number | string | null;

type CellOf<Kind extends ColumnKind> = Kind extends 'money'
  ? Money | null
  : Kind extends 'count' | 'ratio' | 'duration' | 'mass'
    ? number | null
    : string | null;

/** A row by the names of its columns. */
export type ReportRow<Columns extends ReportColumns = ReportColumns> = {
  readonly [Name in keyof Columns]: CellOf<Columns[Name]['kind']>;
};

const columnOf =
  <const Kind extends ColumnKind>(kind: Kind) =>
  (title: string, is: string): ReportColumn<Kind> => ({ kind, title, is });

export const amount = columnOf('money');
export const count = columnOf('count');
export const ratio = columnOf('ratio');
export const duration = columnOf('duration');
export const mass = columnOf('mass');
export const text = columnOf('text');
export const country = columnOf('country');
export const day = columnOf('day');

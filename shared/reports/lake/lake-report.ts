import * as z from 'zod';
import type { Currency } from '../../kernel/currency.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { ReportColumns, ReportRow } from '../answer/columns.ts';
import type { ChartOf, NotCounted } from '../answer/report-answer.ts';
import type { PeriodKind, ReportPeriod } from '../period/report-period.ts';
import type { LakeTables } from './lake-tables.ts';

/** Answers a query with its rows, by the names of their columns. Whole numbers come as numbers, dates as texts. */
export interface AskedLake {
  ask(sql: string): Promise<readonly unknown[]>;
  /** How many objects and lines of facts that arrived since a UTC day could not be read. */
  unreadSince(day: CalendarDate): Promise<number>;
  /** How many days of its tables hold a part of a change, since a run that changes them has not ended. */
  readonly daysInChange?: number;
}

/** A query of a report, and what its rows are. */
export interface LakeQuery<Row extends z.ZodObject = z.ZodObject> {
  readonly row: Row;
  readonly sql: (tables: LakeTables) => string;
}

export const lakeQuery = <const Shape extends z.core.$ZodShape>(
  shape: Shape,
  sql: LakeQuery['sql'],
): LakeQuery<z.ZodObject<Shape, z.core.$strict>> => ({ row: z.strictObject(shape), sql });

type Queries = Readonly<Record<string, LakeQuery>>;
type Found<Q extends Queries> = { readonly [Name in keyof Q]: readonly z.infer<Q[Name]['row']>[] };

/** A table that a report shows. */
interface TableDefinition<Columns extends ReportColumns = ReportColumns> {
  readonly title: string;
  readonly columns: Columns;
}
type Tables = Readonly<Record<string, TableDefinition>>;

export interface ShapeContext<Parameters> {
  readonly period: ReportPeriod;
  /** The currency that amounts are converted to. */
  readonly currency: Currency;
  readonly parameters: Parameters;
}

interface Shaped<T extends Tables> {
  readonly rows: { readonly [Name in keyof T]: readonly ReportRow<T[Name]['columns']>[] };
  readonly notCounted: readonly NotCounted[];
}

/** A report of the lake as its own file defines it. */
export interface LakeReportDefinition<Q extends Queries, T extends Tables, P extends z.ZodObject> {
  /** The last part of its address. Kebab-case. */
  readonly name: string;
  readonly title: string;
  /** One sentence: what the report shows. */
  readonly says: string;
  readonly periods: readonly PeriodKind[];
  /** Whether a reader of one storefront may ask for it. A report on stock, say, has no storefront. */
  readonly byStorefront: boolean;
  /** What a caller may choose besides the period; a strict object whose every field is optional. */
  readonly parameters: P;
  readonly queries: Q;
  /** The first table is the one that CSV shows if the caller names none. */
  readonly tables: T;
  readonly charts: readonly ChartOf<Extract<keyof T, string>>[];
  /** Makes the rows of the tables from what the queries found. Pure. */
  readonly shape: (found: Found<Q>, context: ShapeContext<z.infer<P>>) => Shaped<T>;
}

/** A report of the lake, as the registry holds it. */
export interface LakeReport
  extends Omit<LakeReportDefinition<Queries, Tables, z.ZodObject>, 'shape' | 'queries'> {
  readonly queries: Queries;
  /** Rows of each query, unchecked, to the rows of each table. Throws for rows that do not fit the query. */
  readonly shapeFound: (
    found: Readonly<Record<string, readonly unknown[]>>,
    context: ShapeContext<Readonly<Record<string, unknown>>>,
  ) => {
    readonly rows: Readonly<Record<string, readonly ReportRow[]>>;
    readonly notCounted: readonly NotCounted[];
  };
}

/** Makes a report from its definition. It hides the types of the definition, so that one registry holds all reports. */
export function defineLakeReport<const Q extends Queries, const T extends Tables, P extends z.ZodObject>(
  definition: LakeReportDefinition<Q, T, P>,
): LakeReport {
  const { shape, ...rest } = definition;
  const rows = z.strictObject(
    Object.fromEntries(Object.entries(definition.queries).map(([name, { row }]) => [name, z.array(row)])),
  );
  return {
    ...rest,
    shapeFound: (found, context) =>
      shape(rows.parse(found) as unknown as Found<Q>, {
        ...context,
        parameters: context.parameters as z.infer<P>,
      }),
  };
}

/** A day of the lake in a row: a calendar date. */
export const dayCell = z.iso.date();
/** A whole number that JavaScript holds exactly: an amount in minor units, a count, a number of seconds. */
export const wholeCell = z.int();

import * as z from 'zod';
import { type Currency, currencySchema } from '../../kernel/currency.ts';
import { fromJson, moneySchema, toJson } from '../../kernel/money.ts';
import { type Instant, instantSchema } from '../../kernel/time.ts';
import type { PeriodKind } from '../period/report-period.ts';
import type { ReportCell, ReportColumns, ReportRow } from './columns.ts';

/** A table of a finished report. */
export interface AnswerTable {
  readonly name: string;
  readonly title: string;
  readonly columns: ReportColumns;
  readonly rows: readonly ReportRow[];
}

/** A picture of a table: one line or one group of bars for each of its columns `y`, over the column `x`. */
export interface ChartOf<Table extends string = string> {
  readonly table: Table;
  readonly kind: 'line' | 'bar';
  readonly title: string;
  readonly x: string;
  readonly y: readonly string[];
}

/** Something that the figures leave out, and how much of it there is. */
export interface NotCounted {
  /** Kebab-case, the same for the same cause. */
  readonly code: string;
  readonly says: string;
  readonly count: number;
}

/** A finished report. The same lake gives the same answer: nothing in it is of the moment when it was made. */
export interface ReportAnswer {
  readonly report: string;
  readonly title: string;
  readonly says: string;
  readonly period: string;
  readonly periodKind: PeriodKind;
  readonly timeZone: string;
  readonly from: Instant;
  readonly to: Instant;
  /** `running`: the period is not over, and the figures grow. */
  readonly status: 'running' | 'over';
  /** The currency that amounts are converted to. */
  readonly currency: Currency;
  /** Only the rows of this storefront. */
  readonly storefrontId?: string;
  readonly tables: readonly AnswerTable[];
  readonly charts: readonly ChartOf[];
  readonly notCounted: readonly NotCounted[];
}

const cellSchema = z.union([moneySchema, z.number(), z.string(), z.literal(null)]);

/** A report of the lake as JSON. Amounts are in minor units, durations in seconds, masses in grams. */
export const reportAnswerSchema = z
  .strictObject({
    report: z.string(),
    title: z.string(),
    /** One sentence: what the report shows. */
    says: z.string(),
    period: z.string().meta({ description: 'A day, an ISO week or a month', example: '2026-W48' }),
    periodKind: z.enum(['day', 'week', 'month']),
    /** The days of the report are days by the clocks of this zone. */
    timeZone: z.string(),
    from: instantSchema,
    /** The first instant after the period. */
    to: instantSchema,
    /** `running`: the period is not over, and the figures grow. */
    status: z.enum(['running', 'over']),
    /** The currency that amounts are converted to. */
    currency: currencySchema,
    /** If present, the figures are of this storefront alone. */
    storefrontId: z.string().optional(),
    tables: z.array(
      z
        .strictObject({
          name: z.string(),
          title: z.string(),
          columns: z.array(
            z
              .strictObject({
                name: z.string(),
                kind: z.enum(['money', 'count', 'ratio', 'duration', 'mass', 'text', 'country', 'day']),
                title: z.string(),
                /** The definition of the figure. */
                is: z.string(),
              })
              .meta({ id: 'ReportColumn' }),
          ),
          /** By the names of the columns. Null: there is no figure. */
          rows: z.array(z.record(z.string(), cellSchema)),
        })
        .meta({ id: 'ReportTable' }),
    ),
    /** What the figures leave out. */
    notCounted: z.array(
      z.strictObject({ code: z.string(), says: z.string(), count: z.int() }).meta({ id: 'ReportNotCounted' }),
    ),
  })
  .meta({ id: 'LakeReport' });

export type ReportJson = z.infer<typeof reportAnswerSchema>;

/** The report as it goes over the wire. */
export function reportJson({ charts: _, tables, notCounted, ...answer }: ReportAnswer): ReportJson {
  return {
    ...answer,
    tables: tables.map(({ name, title, columns, rows }) => ({
      ...{ name, title },
      columns: Object.entries(columns).map(([column, of]) => ({ name: column, ...of })),
      rows: rows.map((row) =>
        Object.fromEntries(Object.keys(columns).map((column) => [column, cellJson(row[column] ?? null)])),
      ),
    })),
    notCounted: [...notCounted],
  };
}

/** A report that was read as JSON, with the charts of its definition: JSON has none. */
export function reportFromJson(
  { tables, storefrontId, ...json }: ReportJson,
  charts: readonly ChartOf[],
): ReportAnswer {
  return {
    ...json,
    ...(storefrontId === undefined ? {} : { storefrontId }),
    tables: tables.map(({ name, title, columns, rows }) => ({
      ...{ name, title },
      columns: Object.fromEntries(columns.map(({ name: column, ...of }) => [column, of])),
      rows: rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, cellFromJson(cell)])),
      ),
    })),
    charts,
  };
}

type CellJson = ReportJson['tables'][number]['rows'][number][string];

const cellFromJson = (cell: CellJson): ReportCell =>
  typeof cell === 'object' && cell !== null ? fromJson(cell) : cell;

const cellJson = (cell: ReportCell) => (typeof cell === 'object' && cell !== null ? toJson(cell) : cell);

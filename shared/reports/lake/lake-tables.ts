import { invariant } from '../../kernel/invariant.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { Subject } from '../../lake/subject.ts';
import { subjects } from '../../lake/subjects/index.ts';
import { views } from '../../lake/views/index.ts';
import { joinDays, timestamp } from '../../lake/views/join-days.ts';
import type { PeriodKind, ReportPeriod } from '../period/report-period.ts';

/**
 * The tables and views that a query of a report may name. Every name gives a text that stands after FROM or JOIN. A
 * view is of all storefronts: a reader of one storefront sees none of its rows.
 */
export interface LakeTables {
  /** All rows of a table that the reader may see. */
  readonly all: (table: string) => string;
  /** Those of the period's days in UTC and a day around them. {@link joinDays} cuts exactly. */
  readonly within: (table: string) => string;
  /** Those of the days up to the period's end, or those from its start on. */
  readonly until: (table: string) => string;
  readonly since: (table: string) => string;
  /** The `JOIN` of `days`, whose `day` is the local day of the period that has the instant. Other rows fall away. */
  readonly joinDays: (instant: string) => string;
  /** The instants at which the period begins and ends, as literals. */
  readonly from: string;
  readonly to: string;
  /** Whether the period is over. Of one that is not, nothing is known of its rest. */
  readonly isOver: boolean;
  /** How long the period is, for a query that divides it finely if it is short. */
  readonly kind: PeriodKind;
}

/** Rows that a report reads: of a table, those of these UTC days, both included; open where a day is absent. */
export interface TableDays {
  readonly table: string;
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
}

interface Scope {
  readonly period: ReportPeriod;
  /** The storefront whose rows the reader may see; all of the merchant's if absent. */
  readonly storefrontId?: string | undefined;
  /** Is announced about every table that a query names. */
  readonly onUse?: (used: TableDays) => void;
}

/**
 * The tables of a reader, for a period. A query names every table through them, so a query that forgets the
 * storefront does not exist. The texts use what DuckDB and Trino both understand.
 */
export function lakeTables({ period, storefrontId, onUse = () => undefined }: Scope): LakeTables {
  const [first, last] = [period.from.slice(0, 10), period.to.slice(0, 10)];
  const where = (used: TableDays) => {
    const { table, from, to } = used;
    const view = views.find(({ name }) => name === table);
    const own = view === undefined ? ofStorefront(subjectOf(table), storefrontId) : ofNobody(storefrontId);
    for (const each of view === undefined ? [used] : tablesOf(view.sql)) onUse(each);
    // The orders say which rows are the storefront's.
    if (own !== undefined && own !== 'FALSE') onUse({ table: 'orders' });
    const conditions = [
      ...(own === undefined ? [] : [own]),
      ...(from === undefined ? [] : [`day >= DATE '${from}'`]),
      ...(to === undefined ? [] : [`day <= DATE '${to}'`]),
    ];
    if (conditions.length === 0) return view === undefined ? table : `(${view.sql})`;
    const source = view === undefined ? table : `(${view.sql}) AS ${table}`;
    return `(SELECT * FROM ${source} WHERE ${conditions.join(' AND ')})`;
  };
  return {
    all: (table) => where({ table }),
    within: (table) => where({ table, from: first, to: last }),
    until: (table) => where({ table, to: last }),
    since: (table) => where({ table, from: first }),
    joinDays: (instant) => joinDays(period.days, instant),
    from: timestamp(period.from),
    to: timestamp(period.to),
    isOver: period.isOver,
    kind: period.kind,
  };
}

/** The tables that a view reads, with all of their days. A name more than that only copies files. */
const tablesOf = (sql: string): TableDays[] =>
  subjects.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(sql)).map(({ name }) => ({ table: name }));

function subjectOf(table: string): Subject {
  const subject = subjects.find(({ name }) => name === table);
  invariant(subject !== undefined, 'a report asks tables of the lake', { table });
  return subject;
}

/** Tables of no storefront which every reader may see: exchange rates, and what products cost the merchant. */
const PUBLIC = new Set(['rates', 'purchase_costs']);

function ofStorefront({ name, columns }: Subject, storefrontId: string | undefined): string | undefined {
  if (storefrontId === undefined || PUBLIC.has(name)) return undefined;
  const own = `storefront_id = ${literal(storefrontId)}`;
  if ('storefront_id' in columns) return own;
  return 'order_id' in columns ? `order_id IN (SELECT order_id FROM orders WHERE ${own})` : 'FALSE';
}

const ofNobody = (storefrontId: string | undefined) => (storefrontId === undefined ? undefined : 'FALSE');

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

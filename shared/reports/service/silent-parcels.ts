import * as z from 'zod';
import { count, country, duration, type ReportColumns, text } from '../answer/columns.ts';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';

/** The days after which the backend asks the carrier of a parcel that has no scan. */
export const SILENT_DAYS = 1;

/** The end of the period. Of one that is not over, the last scan or step that is known. */
const cutAt = ({ until, to, isOver }: LakeTables) =>
  isOver
    ? `SELECT v.cut_at AS cut_at FROM (VALUES (${to})) AS v (cut_at)`
    : `SELECT MAX(k.known_at) AS cut_at FROM (
        SELECT MAX(e.occurred_at) AS known_at FROM ${until('parcel_events')} e
        UNION ALL SELECT MAX(s.occurred_at) AS known_at FROM ${until('scans')} s
      ) k`;

/**
 * The parcels that were with a carrier at the cut, by lane, carrier and whole days since the last scan, or since they
 * were handed over. All times are the partners' own.
 */
export const silentParcels = lakeQuery(
  {
    ...{ warehouse: z.string(), country: z.string(), carrier: z.string() },
    ...{ days: wholeCell, parcels: wholeCell, longest: wholeCell },
  },
  (tables) => `
    WITH cut AS (${cutAt(tables)}),
    steps AS (
      SELECT e.parcel_id AS parcel_id,
        MIN(CASE WHEN e.event = 'dispatched' THEN e.happened_at END) AS handed_at,
        MAX(CASE WHEN e.event IN ('delivered', 'closed') THEN 1 ELSE 0 END) AS has_ended
      FROM ${tables.until('parcel_events')} e
      CROSS JOIN cut
      WHERE e.happened_at <= cut.cut_at
      GROUP BY e.parcel_id
    ),
    heard AS (
      SELECT s.parcel_id AS parcel_id, MAX(s.scanned_at) AS heard_at
      FROM ${tables.until('scans')} s
      CROSS JOIN cut
      WHERE s.scanned_at <= cut.cut_at
      GROUP BY s.parcel_id
    ),
    silence AS (
      SELECT p.warehouse_id AS warehouse, p.country AS country, p.carrier AS carrier,
        date_diff('second', date_trunc('second', CASE WHEN h.heard_at > t.handed_at THEN h.heard_at ELSE t.handed_at END),
          date_trunc('second', cut.cut_at)) AS seconds
      FROM ${tables.until('parcels')} p
      JOIN steps t ON t.parcel_id = p.parcel_id
      LEFT JOIN heard h ON h.parcel_id = p.parcel_id
      CROSS JOIN cut
      WHERE t.handed_at IS NOT NULL AND t.has_ended = 0
    )
    SELECT s.warehouse AS warehouse, s.country AS country, s.carrier AS carrier,
      CAST(FLOOR(s.seconds / 86400.0) AS BIGINT) AS days, COUNT(*) AS parcels, MAX(s.seconds) AS longest
    FROM silence s
    GROUP BY s.warehouse, s.country, s.carrier, CAST(FLOOR(s.seconds / 86400.0) AS BIGINT)
    ORDER BY s.warehouse, s.country, s.carrier, CAST(FLOOR(s.seconds / 86400.0) AS BIGINT)`,
);

type SilenceRow = z.infer<typeof silentParcels.row>;

const figures = {
  underWay: count(
    'With the carrier',
    'Parcels that were handed over before the end of the period and had neither arrived nor been closed by then, whenever they were ordered. Of a period that is not over, the end is that of the last scan or step that is known.',
  ),
  silent: count(
    'Silent',
    'Those without a scan for the days of the parameter silentDays or longer. A parcel that was never scanned is silent from its handing over on.',
  ),
  longest: duration(
    'Longest silence',
    'The longest time since the last scan, or since the handing over. Empty without parcels.',
  ),
} as const satisfies ReportColumns;

/** The tables of silent parcels. */
export const silenceTables = {
  silent: { title: 'Silent parcels at the end of the period', columns: figures },
  'silent-by-lane': {
    title: 'Silent parcels by lane and carrier',
    columns: {
      warehouse: text('Warehouse', 'The warehouse that was planned to pack the parcel.'),
      market: country('Market', "The country of the order's destination."),
      carrier: text('Carrier', 'The carrier that was planned.'),
      ...figures,
    },
  },
} as const;

/** The rows of both tables. */
export function silentOf(rows: readonly SilenceRow[], silentDays: number) {
  const lanes = Map.groupBy(rows, ({ warehouse, country: to, carrier }) => `${warehouse} ${to} ${carrier}`);
  return {
    silent: [figuresOf(rows, silentDays)],
    'silent-by-lane': [...lanes.values()].flatMap((ofLane) => {
      const [first] = ofLane;
      if (first === undefined) return [];
      const { warehouse, country: market, carrier } = first;
      return [{ warehouse, market, carrier, ...figuresOf(ofLane, silentDays) }];
    }),
  };
}

function figuresOf(rows: readonly SilenceRow[], silentDays: number) {
  const parcelsOf = (some: readonly SilenceRow[]) => some.reduce((all, { parcels }) => all + parcels, 0);
  return {
    underWay: parcelsOf(rows),
    silent: parcelsOf(rows.filter(({ days }) => days >= silentDays)),
    longest: rows.length === 0 ? null : Math.max(...rows.map(({ longest }) => longest)),
  };
}

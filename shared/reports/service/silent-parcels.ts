import * as z from 'zod';
import { count, country, duration, type ReportColumns, text } from '../answer/columns.ts';
import { lakeQuery, wholeCell } from '../lake/lake-report.ts';
import type { LakeTables } from '../lake/lake-tables.ts';

/** Silent after this time where too little is known of a lane: the backend asks the carrier then. */
const DAY_SECONDS = 86_400;
/** The limit of a lane is taken from the parcels that arrived in these days before the cut: four of each weekday. */
const LANE_DAYS = 28;
/** Of a hundred waits, one is longer than the limit of the lane. */
const LANE_PERCENTILE = 99;
/** With fewer waits the percentile (nearest rank) is the longest of them, and one slow parcel would decide it. */
const ENOUGH_WAITS = 100;

/** The end of the period. Of one that is not over, the last scan or step that is known. */
const cutAt = ({ until, to, isOver }: LakeTables) =>
  isOver
    ? `SELECT v.cut_at AS cut_at FROM (VALUES (${to})) AS v (cut_at)`
    : `SELECT MAX(k.known_at) AS cut_at FROM (
        SELECT MAX(e.occurred_at) AS known_at FROM ${until('parcel_events')} e
        UNION ALL SELECT MAX(s.occurred_at) AS known_at FROM ${until('scans')} s
      ) k`;

/**
 * How long the parcels of each lane that arrived lately waited for their next scan at most, but for one wait in a
 * hundred. A wait is the time between two of: the handing over, the scans, the delivery. Waits of equal length are
 * counted together before they are ranked. A lane with few waits has no row.
 */
const laneLimits = ({ until }: LakeTables) => `
  arrived AS (
    SELECT t.parcel_id AS parcel_id, t.handed_at AS handed_at, t.delivered_at AS delivered_at
    FROM steps t
    CROSS JOIN cut
    WHERE t.handed_at IS NOT NULL AND t.delivered_at >= cut.cut_at - INTERVAL '${LANE_DAYS}' DAY
  ),
  points AS (
    SELECT a.parcel_id AS parcel_id, a.handed_at AS point_at FROM arrived a
    UNION ALL
    SELECT a.parcel_id AS parcel_id, a.delivered_at AS point_at FROM arrived a
    UNION ALL
    SELECT s.parcel_id AS parcel_id, s.scanned_at AS point_at
    FROM ${until('scans')} s
    JOIN arrived a ON a.parcel_id = s.parcel_id
    WHERE s.scanned_at > a.handed_at AND s.scanned_at < a.delivered_at
  ),
  waits AS (
    SELECT p.parcel_id AS parcel_id, date_diff('second',
      date_trunc('second', LAG(p.point_at) OVER (PARTITION BY p.parcel_id ORDER BY p.point_at)),
      date_trunc('second', p.point_at)) AS seconds
    FROM points p
  ),
  counted AS (
    SELECT p.warehouse_id AS warehouse, p.country AS country, p.carrier AS carrier, w.seconds AS seconds,
      COUNT(*) AS waits
    FROM waits w
    JOIN ${until('parcels')} p ON p.parcel_id = w.parcel_id
    WHERE w.seconds > 0
    GROUP BY p.warehouse_id, p.country, p.carrier, w.seconds
  ),
  ranked AS (
    SELECT c.warehouse AS warehouse, c.country AS country, c.carrier AS carrier, c.seconds AS seconds,
      SUM(c.waits) OVER (PARTITION BY c.warehouse, c.country, c.carrier ORDER BY c.seconds) AS place,
      SUM(c.waits) OVER (PARTITION BY c.warehouse, c.country, c.carrier) AS many
    FROM counted c
  ),
  limits AS (
    SELECT r.warehouse AS warehouse, r.country AS country, r.carrier AS carrier, MIN(r.seconds) AS seconds
    FROM ranked r
    WHERE r.many >= ${ENOUGH_WAITS} AND r.place * 100 >= r.many * ${LANE_PERCENTILE}
    GROUP BY r.warehouse, r.country, r.carrier
  )`;

/**
 * The parcels that were with a carrier at the cut, by lane, carrier and whole days since the last scan, or since they
 * were handed over, and whether that is as long as the limit of the lane. All times are the partners' own.
 */
export const silentParcels = lakeQuery(
  {
    ...{ warehouse: z.string(), country: z.string(), carrier: z.string() },
    ...{ is_silent: z.literal([0, 1]), limit_seconds: wholeCell },
    ...{ days: wholeCell, parcels: wholeCell, longest: wholeCell },
  },
  (tables) => `
    WITH cut AS (${cutAt(tables)}),
    steps AS (
      SELECT e.parcel_id AS parcel_id,
        MIN(CASE WHEN e.event = 'dispatched' THEN e.happened_at END) AS handed_at,
        MIN(CASE WHEN e.event = 'delivered' THEN e.happened_at END) AS delivered_at,
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
    ),
    ${laneLimits(tables)},
    judged AS (
      SELECT s.warehouse AS warehouse, s.country AS country, s.carrier AS carrier, s.seconds AS seconds,
        CAST(FLOOR(s.seconds / 86400.0) AS BIGINT) AS days, COALESCE(l.seconds, ${DAY_SECONDS}) AS limit_seconds
      FROM silence s
      LEFT JOIN limits l ON l.warehouse = s.warehouse AND l.country = s.country AND l.carrier = s.carrier
    ),
    flagged AS (
      SELECT j.*, CASE WHEN j.seconds >= j.limit_seconds THEN 1 ELSE 0 END AS is_silent FROM judged j
    )
    SELECT f.warehouse AS warehouse, f.country AS country, f.carrier AS carrier, f.is_silent AS is_silent,
      f.limit_seconds AS limit_seconds, f.days AS days, COUNT(*) AS parcels, MAX(f.seconds) AS longest
    FROM flagged f
    GROUP BY f.warehouse, f.country, f.carrier, f.is_silent, f.limit_seconds, f.days
    ORDER BY f.warehouse, f.country, f.carrier, f.days, f.is_silent`,
);

type SilenceRow = z.infer<typeof silentParcels.row>;

const figures = {
  underWay: count(
    'With the carrier',
    'Parcels that were handed over before the end of the period and had neither arrived nor been closed by then, whenever they were ordered. Of a period that is not over, the end is that of the last scan or step that is known.',
  ),
  silent: count(
    'Silent',
    'Those without a scan for the limit of their lane and carrier or longer, or for the days of the parameter silentDays. The time of a parcel that was never scanned is counted from its handing over.',
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
      limit: duration(
        'Silent after',
        `The limit: ${LANE_PERCENTILE} of 100 waits of the lane and carrier were no longer (nearest rank). A wait is the time from the handing over to the first scan, between two scans, or to the delivery, of parcels that arrived in the ${LANE_DAYS} days before the end. With fewer than ${ENOUGH_WAITS} waits it is a day, after which the backend itself asks the carrier. The parameter silentDays takes its place.`,
      ),
      ...figures,
    },
  },
} as const;

/** The rows of both tables, by the limits of the lanes or by one number of days for all. */
export function silentOf(rows: readonly SilenceRow[], silentDays: number | undefined) {
  const lanes = Map.groupBy(rows, ({ warehouse, country: to, carrier }) => `${warehouse} ${to} ${carrier}`);
  return {
    silent: [figuresOf(rows, silentDays)],
    'silent-by-lane': [...lanes.values()].flatMap((ofLane) => {
      const [first] = ofLane;
      if (first === undefined) return [];
      const { warehouse, country: market, carrier, limit_seconds } = first;
      const limit = silentDays === undefined ? limit_seconds : silentDays * DAY_SECONDS;
      return [{ warehouse, market, carrier, limit, ...figuresOf(ofLane, silentDays) }];
    }),
  };
}

function figuresOf(rows: readonly SilenceRow[], silentDays: number | undefined) {
  const parcelsOf = (some: readonly SilenceRow[]) => some.reduce((all, { parcels }) => all + parcels, 0);
  const isSilent = ({ days, is_silent }: SilenceRow) =>
    silentDays === undefined ? is_silent === 1 : days >= silentDays;
  return {
    underWay: parcelsOf(rows),
    silent: parcelsOf(rows.filter(isSilent)),
    longest: rows.length === 0 ? null : Math.max(...rows.map(({ longest }) => longest)),
  };
}

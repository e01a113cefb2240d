import * as z from 'zod';
import { count, country, duration, type ReportColumns, ratio, text } from '../answer/columns.ts';
import { defineLakeReport } from '../lake/lake-report.ts';
import { notPaid, unsoldOrders } from '../lake/sold-orders.ts';
import { periodKinds } from '../period/report-period.ts';
import { laneFigures } from './service-queries.ts';
import { silenceTables, silentOf, silentParcels } from './silent-parcels.ts';

const HALF = 'Half of the parcels took no longer (nearest rank). Empty if none got so far.';
const NINE = 'Nine of ten parcels took no longer (nearest rank). Empty if none got so far.';
const TRACKING = 'From the accepted payment to the first booking, which gives the tracking number.';
const CUSTOMS = 'From the filing of the declaration to its release.';

const figures = {
  parcels: count(
    'Parcels',
    'Parcels as planned, of orders that were placed in the period and whose payment was accepted. All figures grow until each parcel has ended.',
  ),
  delivered: count('Delivered', 'Those that the carrier has delivered.'),
  kept: count('Promise kept', 'Delivered parcels whose promise was not broken.'),
  broken: count(
    'Promise broken',
    'Parcels that missed the promise, delivered or not. The promise is as quoted, moved by the wait for payment, screening and customs.',
  ),
  share: ratio(
    'Kept of decided',
    'The part of the kept ones in the kept and broken ones. Empty if none is decided.',
  ),
  trackingHalf: duration('Paid to tracking number, p50', `${TRACKING} ${HALF}`),
  trackingNine: duration('Paid to tracking number, p90', `${TRACKING} ${NINE}`),
  customsHalf: duration('Customs, p50', `${CUSTOMS} ${HALF}`),
  customsNine: duration('Customs, p90', `${CUSTOMS} ${NINE}`),
  queried: count('Queried', 'Parcels whose declaration the authority queried.'),
  refused: count('Refused', 'Parcels whose declaration the authority refused.'),
  short: count('Short', 'Parcels that a warehouse could not pack in full.'),
  lost: count('Lost or returned', 'Parcels that were closed as lost or returned.'),
  exceptions: count('With an exception', 'Parcels with at least one of the four.'),
} as const satisfies ReportColumns;

type LaneRow = z.infer<typeof laneFigures.row>;

/** Whether parcels came as promised, how long their steps took, and what went wrong, by lane and carrier. */
export const service = defineLakeReport({
  name: 'service',
  title: 'Service',
  says: 'Promises kept, time to the tracking number and at customs, exceptions, and silent parcels, by lane and carrier.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({
    silentDays: z
      .string()
      .regex(/^[1-9]\d?$/, 'a number of days from 1 to 99')
      .optional()
      .describe(
        'After how many days without a scan a parcel is silent, on every lane. If absent, each lane and carrier has the limit of its own scans.',
      ),
  }),
  queries: { lanes: laneFigures, silence: silentParcels, unsold: unsoldOrders },
  tables: {
    summary: { title: 'All parcels', columns: figures },
    'by-lane': {
      title: 'By lane and carrier',
      columns: {
        warehouse: text('Warehouse', 'The warehouse that was planned to pack the parcel.'),
        market: country('Market', "The country of the order's destination."),
        carrier: text('Carrier', 'The carrier that was planned.'),
        ...figures,
      },
    },
    ...silenceTables,
  },
  charts: [],
  shape: ({ lanes, silence, unsold }, { parameters }) => ({
    rows: {
      summary: [figuresOf(lanes.find(({ warehouse }) => warehouse === '') ?? NONE)],
      'by-lane': lanes
        .filter(({ warehouse }) => warehouse !== '')
        .map((row) => ({
          ...{ warehouse: row.warehouse, market: row.country, carrier: row.carrier },
          ...figuresOf(row),
        })),
      ...silentOf(silence, parameters.silentDays === undefined ? undefined : Number(parameters.silentDays)),
    },
    notCounted: notPaid(unsold),
  }),
});

type LaneFigures = Omit<LaneRow, 'warehouse' | 'country' | 'carrier'>;

const NONE: LaneFigures = {
  ...{ parcels: 0, delivered: 0, kept: 0, broken: 0 },
  ...{ queried: 0, refused: 0, short: 0, lost: 0, exceptions: 0 },
  ...{ tracking_half: null, tracking_nine: null, customs_half: null, customs_nine: null },
};

function figuresOf({ parcels, delivered, kept, broken, exceptions, ...row }: LaneFigures) {
  return {
    ...{ parcels, delivered, kept, broken },
    share: kept + broken === 0 ? null : kept / (kept + broken),
    ...{ trackingHalf: row.tracking_half, trackingNine: row.tracking_nine },
    ...{ customsHalf: row.customs_half, customsNine: row.customs_nine },
    ...{ queried: row.queried, refused: row.refused, short: row.short, lost: row.lost, exceptions },
  };
}

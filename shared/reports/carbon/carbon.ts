import * as z from 'zod';
import { divide } from '../../kernel/money.ts';
import { count, country, mass, type ReportColumns, ratio, text } from '../answer/columns.ts';
import { defineLakeReport } from '../lake/lake-report.ts';
import { notPaid, unsoldOrders } from '../lake/sold-orders.ts';
import { periodKinds } from '../period/report-period.ts';
import { laneCarbon, modeCarbon } from './carbon-queries.ts';

const figures = {
  parcels: count(
    'Parcels',
    'Parcels as planned, of orders that were placed in the period and whose payment was accepted. It changes until the order is paid, or if its payment is given up.',
  ),
  known: count('Parcels with a figure', 'Those whose plan has a figure of carbon. The others count as none.'),
  carbon: mass(
    'Carbon',
    'Grams of CO2 equivalent of transport, well to wheel, and of cartons, as the plan computed them. Of parcels with a figure.',
  ),
  mean: mass('Mean parcel', 'Carbon over the parcels with a figure, half up. Empty without one.'),
  weight: mass(
    'Weight',
    'The weight of all cartons with their contents, as planned. Of parcels with a figure.',
  ),
} as const satisfies ReportColumns;

type LaneRow = z.infer<typeof laneCarbon.row>;

/** The carbon of planned parcels by market, lane and mode of transport. */
export const carbon = defineLakeReport({
  name: 'carbon',
  title: 'Carbon',
  says: 'Grams of CO2 equivalent of sold parcels, by market, lane and mode of transport.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { lanes: laneCarbon, modes: modeCarbon, unsold: unsoldOrders },
  tables: {
    summary: { title: 'All parcels', columns: figures },
    'by-market': {
      title: 'By market',
      columns: { market: country('Market', "The country of the order's destination."), ...figures },
    },
    'by-lane': {
      title: 'By lane',
      columns: {
        warehouse: text('Warehouse', 'The warehouse that was planned to pack the parcel.'),
        market: country('Market', "The country of the order's destination."),
        carrier: text('Carrier', 'The carrier that was planned.'),
        service: text('Service', 'The service of the carrier.'),
        ...figures,
      },
    },
    'by-mode': {
      title: 'By mode of transport',
      columns: {
        mode: text('Mode', 'air, road, sea, rail, or packaging: the cartons.'),
        legs: count('Legs', 'Legs of parcels with the mode, or parcels with cartons.'),
        distance: count('Kilometres', 'The sum over these legs, parcel by parcel.'),
        carbon: mass('Carbon', 'Grams of CO2 equivalent. All modes add up to the carbon of all parcels.'),
        share: ratio('Share', 'The part of all carbon. Empty without any.'),
      },
    },
  },
  charts: [{ table: 'by-market', kind: 'bar', title: 'Carbon by market', x: 'market', y: ['carbon'] }],
  shape: ({ lanes, modes, unsold }) => {
    const byMarket = [...Map.groupBy(lanes, ({ country: market }) => market)]
      .map(([market, own]) => ({ market, ...figuresOf(own) }))
      .sort((a, b) => b.carbon - a.carbon || (a.market < b.market ? -1 : 1));
    const all = modes.reduce((sum, { grams }) => sum + grams, 0);
    return {
      rows: {
        summary: [figuresOf(lanes)],
        'by-market': byMarket,
        'by-lane': lanes.map((row) => ({
          ...{ warehouse: row.warehouse, market: row.country, carrier: row.carrier, service: row.service },
          ...figuresOf([row]),
        })),
        'by-mode': modes.map(({ mode, legs, distance, grams }) => ({
          ...{ mode, legs, distance, carbon: grams, share: all === 0 ? null : grams / all },
        })),
      },
      notCounted: [...withoutFigure(lanes), ...notPaid(unsold)],
    };
  },
});

function figuresOf(rows: readonly LaneRow[]) {
  const of = (figure: 'parcels' | 'known' | 'grams' | 'weight') =>
    rows.reduce((all, row) => all + row[figure], 0);
  const [known, grams] = [of('known'), of('grams')];
  const mean = known === 0 ? null : Number(divide(BigInt(grams), BigInt(known), 'half-up'));
  return { parcels: of('parcels'), known, carbon: grams, mean, weight: of('weight') };
}

function withoutFigure(rows: readonly LaneRow[]) {
  const missing = rows.reduce((all, { parcels, known }) => all + parcels - known, 0);
  const says = 'parcels without a figure of carbon: they are in the counts and in no mass';
  return missing === 0 ? [] : [{ code: 'no-carbon', says, count: missing }];
}

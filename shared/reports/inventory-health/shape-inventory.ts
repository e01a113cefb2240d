import type * as z from 'zod';
import { add, type Money, sum, zero } from '../../kernel/money.ts';
import { dayMs } from '../../kernel/time.ts';
import { dayOf } from '../../kernel/zoned-time.ts';
import type { ReportRow } from '../answer/columns.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import { Converter } from '../lake/converter.ts';
import { KeyedSums, partOf } from '../lake/keyed-sums.ts';
import type { ShapeContext } from '../lake/lake-report.ts';
import { rateBook, type ratesQuery } from '../lake/rate-book.ts';
import { COVER_DAYS, type costs, DEAD_DAYS, type stock } from './inventory-queries.ts';
import type { InventoryTables } from './inventory-tables.ts';
import { type Layer, type LayerCost, layerCosts } from './value-layers.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];
type Position = Rows<typeof stock>[number];

interface Found {
  readonly stock: Rows<typeof stock>;
  readonly costs: Rows<typeof costs>;
  readonly rates: Rows<typeof ratesQuery>;
}

/** The figures of a row while they are added up. */
interface Sums extends Readonly<Record<string, number | Money>> {
  readonly onHand: number;
  readonly reserved: number;
  readonly quarantined: number;
  readonly inTransit: number;
  readonly opening: number;
  readonly shipped: number;
  readonly shippedLately: number;
  readonly dead: number;
  readonly value: Money;
  readonly deadValue: Money;
  readonly unvalued: number;
}

type Table = 'summary' | 'by-warehouse' | 'by-sku';

/** The last day of each age, in days; what is older has the last band. */
const AGES = [
  [30, '0-30'],
  [90, '31-90'],
  [180, '91-180'],
  [365, '181-365'],
  [Number.POSITIVE_INFINITY, 'over 365'],
] as const;
const bandOf = (days: number): string => AGES.find(([last]) => days <= last)?.[1] ?? '';

/** The rows of the report on stock, from what the lake has. */
export function shapeInventory(found: Found, { period, currency }: ShapeContext<unknown>) {
  const no = zero(currency);
  const sums = new KeyedSums<Table, Sums>({
    ...{ onHand: 0, reserved: 0, quarantined: 0, inTransit: 0, opening: 0, shipped: 0, shippedLately: 0 },
    ...{ dead: 0, value: no, deadValue: no, unvalued: 0 },
  });
  const ages = new KeyedSums<'ages', { readonly units: number; readonly value: Money }>({
    units: 0,
    value: no,
  });
  const converter = new Converter(rateBook(found.rates), currency);
  const costOf = layerCosts(found.costs);
  const lastDay = new Date(Date.parse(period.to) - 1).toISOString().slice(0, 10);
  const positions: Position[] = [];
  const charged: LayerCost[] = [];
  let unknownCost = 0;

  function addLayer(position: Position, layer: Layer): void {
    const { units } = layer;
    const days = dayOf(lastDay) - dayOf(layer.arrived);
    const cost = costOf(layer);
    if (cost === undefined) unknownCost += units;
    else charged.push(cost);
    const rateDay = { lockedDay: null, placedDay: lastDay };
    const made = cost && converter.convert(cost, rateDay, { what: 'units on hand', count: units });
    const value = made && add(made.purchase, made.firstLeg);
    const isDead = days > DEAD_DAYS && position.shipped_long === 0;
    for (const [table, key] of rowsOf(position))
      sums.add(table, key, {
        ...(value === undefined ? { unvalued: units } : { value }),
        ...(isDead ? { dead: units, ...(value === undefined ? {} : { deadValue: value }) } : {}),
      });
    ages.add('ages', bandOf(days), { units, ...(value === undefined ? {} : { value }) });
  }

  for (const [position, layers] of placesOf(found.stock)) {
    positions.push(position);
    for (const [table, key] of rowsOf(position)) sums.add(table, key, countsOf(position));
    for (const layer of layers) addLayer(position, layer);
  }

  const held = positions.filter(isHeld);
  const all = sums.of('summary', '');
  return {
    rows: {
      summary: [figuresOf(all)],
      'by-warehouse': [...new Set(held.map(({ warehouse }) => warehouse))].map((warehouse) => ({
        warehouse,
        ...figuresOf(sums.of('by-warehouse', warehouse)),
      })),
      'by-sku': held.map((position) => ({
        ...{ sku: position.sku, warehouse: position.warehouse },
        ...figuresOf(sums.of('by-sku', placeKey(position))),
      })),
      ages: AGES.map(([, age]) => {
        const { units, value } = ages.of('ages', age);
        return { age, units, part: partOf(units, all.onHand), value };
      }),
      'by-currency': byCurrency(charged),
    } satisfies { [Name in keyof InventoryTables]: readonly ReportRow<InventoryTables[Name]['columns']>[] },
    notCounted: [...converter.notCounted(), ...leftOut(positions, unknownCost)],
  };
}

/** Each SKU of a warehouse, with the units that are left of each day on which some arrived. */
const placesOf = (rows: Found['stock']): [Position, Layer[]][] =>
  [...Map.groupBy(rows, placeKey).values()].map((own) => [
    own[0] as Position,
    own.flatMap(({ sku, arrived, units }) =>
      arrived === null || units === null ? [] : [{ sku, arrived, units }],
    ),
  ]);

const placeKey = ({ warehouse, sku }: { readonly warehouse: string; readonly sku: string }) =>
  JSON.stringify([warehouse, sku]);

const rowsOf = (position: Position): readonly [Table, string][] => [
  ['summary', ''],
  ['by-warehouse', position.warehouse],
  ['by-sku', placeKey(position)],
];

const isHeld = ({ on_hand, in_transit, opening, shipped }: Position): boolean =>
  on_hand !== 0 || in_transit !== 0 || opening !== 0 || shipped !== 0;

const countsOf = (position: Position): Partial<Sums> => ({
  ...{ onHand: position.on_hand, reserved: position.reserved, quarantined: position.quarantined },
  ...{ inTransit: position.in_transit, opening: position.opening, shipped: position.shipped },
  shippedLately: position.shipped_lately,
});

const DAY_SECONDS = dayMs / 1_000;

function figuresOf({ opening, shippedLately, ...sums }: Sums) {
  const { onHand, reserved, quarantined, inTransit, shipped, dead, value, deadValue, unvalued } = sums;
  const usable = onHand - quarantined;
  return {
    ...{ onHand, reserved, quarantined, inTransit, shipped },
    turnover: partOf(2 * shipped, opening + onHand),
    cover: shippedLately === 0 ? null : Math.round((usable * COVER_DAYS * DAY_SECONDS) / shippedLately),
    ...{ dead, value, deadValue, unvalued },
  };
}

function byCurrency(charged: readonly LayerCost[]) {
  const amounts = charged.flatMap(({ purchase, firstLeg }) => [purchase, firstLeg]);
  const groups = Map.groupBy(
    amounts.filter(({ amountMinor }) => amountMinor !== 0),
    ({ currency }) => currency,
  );
  return [...groups]
    .map(([currency, own]) => ({ currency, value: sum(own, currency) }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function leftOut(positions: readonly Position[], unknownCost: number): NotCounted[] {
  const negative = positions.filter(({ on_hand }) => on_hand < 0).length;
  const costSays =
    'units on hand whose cost was not known on the day on which they arrived: they have no value';
  const negativeSays =
    'SKUs of a warehouse with fewer than no units on hand: movements are missing in the lake';
  return [
    ...(unknownCost === 0 ? [] : [{ code: 'no-cost', says: costSays, count: unknownCost }]),
    ...(negative === 0 ? [] : [{ code: 'negative-stock', says: negativeSays, count: negative }]),
  ];
}

import type { Mutant } from './mutant.ts';

const silent = ['test/unit/reports/silent-parcels.test.ts'];
const SILENT = 'shared/reports/service/silent-parcels.ts';
const service = ['test/unit/reports/service.test.ts'];
const SERVICE = 'shared/reports/service/service-queries.ts';
const inventory = ['test/unit/reports/inventory-health.test.ts'];
const INVENTORY = 'shared/reports/inventory-health/inventory-queries.ts';
const moves = ['test/component/lake/open-lake.test.ts', ...inventory];

export const reportsMutants: readonly Mutant[] = [
  {
    id: 'reports/limit-of-too-few-waits',
    file: SILENT,
    find: 'const ENOUGH_WAITS = 100;',
    put: 'const ENOUGH_WAITS = 90;',
    tests: silent,
    harm: 'One slow parcel decides when the parcels of a lane are silent.',
  },
  {
    id: 'reports/limit-is-the-longest-wait',
    file: SILENT,
    find: 'r.place * 100 >= r.many *',
    put: 'r.place * 100 > r.many *',
    tests: silent,
    harm: 'A lane waits as long as its slowest parcel did before a parcel is silent.',
  },
  {
    id: 'reports/limit-of-parcels-of-long-ago',
    file: SILENT,
    find: 't.delivered_at >= cut.cut_at - INTERVAL',
    put: 't.delivered_at >= cut.cut_at - 2 * INTERVAL',
    tests: silent,
    harm: 'A lane is judged by the scans of years ago.',
  },
  {
    id: 'reports/limit-without-first-scan',
    file: SILENT,
    find: 'SELECT a.parcel_id AS parcel_id, a.handed_at AS point_at FROM arrived a\n    UNION ALL\n    ',
    put: '',
    tests: silent,
    harm: 'The wait for the first scan, often the longest, is in no limit.',
  },
  {
    id: 'reports/silent-beyond-the-limit-only',
    file: SILENT,
    find: 'j.seconds >= j.limit_seconds',
    put: 'j.seconds > j.limit_seconds',
    tests: silent,
    harm: 'A parcel that is silent for exactly the limit is not counted.',
  },
  {
    id: 'reports/limit-although-days-are-asked',
    file: SILENT,
    find: 'silentDays === undefined ? is_silent === 1 : days >= silentDays;',
    put: 'is_silent === 1;',
    tests: silent,
    harm: 'The parameter silentDays changes nothing.',
  },
  {
    id: 'reports/median-above-half',
    file: SERVICE,
    find: "rank('customs', 'place * 2 >= r.many')",
    put: "rank('customs', 'place * 2 > r.many')",
    tests: service,
    harm: 'The median of an even number of parcels is the larger one of two.',
  },
  {
    id: 'reports/exceptions-counted-twice',
    file: SERVICE,
    find: "exceptions: 'm.queried + m.refused + m.short + m.lost > 0'",
    put: "exceptions: 'm.queried + m.short + m.lost > 0'",
    tests: service,
    harm: 'A refused parcel is no exception.',
  },
  {
    id: 'reports/opening-stock-of-the-end',
    file: INVENTORY,
    find: "sumOf('on_hand', ` AND m.occurred_at <",
    put: "sumOf('reserved', ` AND m.occurred_at <",
    tests: inventory,
    harm: 'The turnover is computed from a wrong stock at the beginning.',
  },
  {
    id: 'reports/arrivals-less-what-left',
    file: INVENTORY,
    find: "sumOf('on_hand', ' AND m.units > 0')",
    put: "sumOf('on_hand')",
    tests: inventory,
    harm: 'Units that arrived on a day on which others left have another age.',
  },
  {
    id: 'reports/place-without-layers-lost',
    file: INVENTORY,
    find: '    LEFT JOIN layers l',
    put: '    JOIN layers l',
    tests: inventory,
    harm: 'A product that is sold out is in no table, and its shipped units in no sum.',
  },
  {
    id: 'reports/second-utc-day-lost',
    file: 'shared/lake/views/join-days.ts',
    find: '{ length: last - first + 1 }',
    put: '{ length: 1 }',
    tests: ['test/unit/reports/sales.test.ts'],
    harm: 'Orders after midnight in UTC are in no local day.',
  },
  {
    id: 'reports/returned-goods-nowhere',
    file: 'shared/lake/views/stock-moves.ts',
    find: 'SELECT * FROM stock_movements WHERE warehouse_id IS NULL',
    put: 'SELECT * FROM stock_movements WHERE false',
    tests: moves,
    harm: 'Goods that came back are at no warehouse.',
  },
];

import type { Mutant } from './mutant.ts';

const transfers = ['test/unit/replenishment/run/transfers-in-run.test.ts'];
const limits = ['test/unit/replenishment/run/limits-of-run.test.ts'];
const stops = ['test/unit/replenishment/run/what-to-stop.test.ts'];
const found = ['test/unit/replenishment/run/list-found.test.ts'];
const guard = ['test/unit/replenishment/receiving-guard.test.ts'];
const slotting = ['test/unit/replenishment/slotting/plan-moves.test.ts'];
const lead = ['test/unit/replenishment/run/lead-time-to-site.test.ts'];
const ways = ['test/unit/replenishment/run/channels/compare-channels.test.ts'];
const RUN = 'shared/replenishment/run';

export const replenishmentRunMutants: readonly Mutant[] = [
  {
    id: 'run/own-reorder-point-given-away',
    file: `${RUN}/transfers/plan-moves.ts`,
    find: ': Math.floor(standing.reorderAt) + 1;',
    put: ': 0;',
    tests: transfers,
    harm: 'A warehouse gives away what it needs itself, and buys it again.',
  },
  {
    id: 'run/moved-and-bought',
    file: `${RUN}/plan-sites.ts`,
    find: 'planSite({ ...site, leaving, into: into ?? [] }, context);',
    put: 'planSite({ ...site, leaving, into: [] }, context);',
    tests: transfers,
    harm: 'What is moved to a warehouse is bought for it too.',
  },
  {
    id: 'run/promised-units-given-twice',
    file: `${RUN}/plan-sites.ts`,
    find: '...{ sku: history.sku, warehouseId: history.warehouseId, available: stock.available - leaving },',
    put: '...{ sku: history.sku, warehouseId: history.warehouseId, available: stock.available },',
    tests: transfers,
    harm: 'Units that were promised to one warehouse are promised to another.',
  },
  {
    id: 'run/budget-is-new-each-day',
    file: `${RUN}/limits/limits-of-run.ts`,
    find: "'budget', () => limit.amountMinor - spent.amountMinor)",
    put: "'budget', () => limit.amountMinor)",
    tests: limits,
    harm: 'Each run of a week spends the budget of the week again.',
  },
  {
    id: 'run/cancelled-order-is-spent',
    file: `${RUN}/limits/limit-run.ts`,
    find: "if (kind !== 'purchase' || status === 'cancelled' || total === undefined) return [];",
    put: "if (kind !== 'purchase' || total === undefined) return [];",
    tests: limits,
    harm: 'An order that was cancelled keeps its part of the budget.',
  },
  {
    id: 'run/dock-forgets-what-comes',
    file: `${RUN}/limits/limits-of-run.ts`,
    find: '() => unitsPerDay - coming())]',
    put: '() => unitsPerDay)]',
    tests: limits,
    harm: 'More arrives on a day than the dock takes in.',
  },
  {
    id: 'run/break-of-price-that-is-lost',
    file: `${RUN}/limits/limit-needs.ts`,
    find: 'limits.lineOf(part, assumed.get(part) ?? part.units)',
    put: 'limits.lineOf(part, part.units)',
    tests: limits,
    harm: 'A cut order costs more for a unit than the budget was counted with.',
  },
  {
    id: 'run/stop-without-stock',
    file: `${RUN}/what-to-stop.ts`,
    find: 'if (units === 0) return undefined;',
    put: '',
    tests: stops,
    harm: 'A product of which there is nothing is on the list of those to stop.',
  },
  {
    id: 'run/list-skips-products',
    file: `${RUN}/list-found.ts`,
    find: '[file, line] = [file + 1, 0];',
    put: '[file, line] = [file + 1, line];',
    tests: found,
    harm: 'The list of products that were not planned misses the first ones of a file.',
  },
  {
    id: 'run/received-delivery-arrives-again',
    file: 'shared/replenishment/inbound/receiving-guard.ts',
    find: 'if (received !== undefined) return [];',
    put: '',
    tests: guard,
    harm: 'A day is warned of because of goods that are counted already.',
  },
  {
    id: 'run/stock-never-falls',
    file: 'shared/replenishment/inbound/receiving-guard.ts',
    find: 'Math.max(0, units - Math.floor((daysBetween(day, date) * perDayMilli) / 1_000))',
    put: 'units',
    tests: guard,
    harm: 'A storage that empties itself in time is warned of.',
  },
  {
    id: 'run/zone-over-capacity',
    file: 'shared/replenishment/slotting/plan-moves.ts',
    find: 'return freeIn(to) >= candidate.litres ? [',
    put: 'return freeIn(to) >= 0 ? [',
    tests: slotting,
    harm: 'More is put into a storage zone than it holds.',
  },
  {
    id: 'run/move-that-never-pays',
    file: 'shared/replenishment/slotting/plan-moves.ts',
    find: 'return saved * this.#layout.paysBackDays > taken * 1_000;',
    put: 'return saved > 0;',
    tests: slotting,
    harm: 'Products are carried to and fro for a few metres.',
  },
  {
    id: 'run/lead-time-of-another-lane',
    file: `${RUN}/lead-time-to-site.ts`,
    find: 'receipts((outcome) => outcome.warehouseId === warehouseId)',
    put: 'receipts(() => true)',
    tests: lead,
    harm: 'Stock waits for a slow lane although its own lane is quick, or comes too late.',
  },
  {
    id: 'run/units-that-never-came-are-in-time',
    file: `${RUN}/lead-time-to-site.ts`,
    find: 'outcome.noticeId !== undefined && isWanted(outcome)',
    put: 'isWanted(outcome)',
    tests: lead,
    harm: 'A supplier that does not deliver gets a better lead time.',
  },
  {
    id: 'run/switch-of-a-way-within-the-margin',
    file: `${RUN}/channels/compare-channels.ts`,
    find: 'margin: channels.marginPercent / 100',
    put: 'margin: 0',
    tests: ways,
    harm: 'A person is asked to move goods for next to nothing.',
  },
];

/** The measurements of one shopper. Times are in milliseconds. */
export interface Tally {
  /** The times of whole checkouts, with the waits after refusals. */
  readonly checkoutsMs: number[];
  /** The times of answered calls that place an order. */
  readonly placingsMs: number[];
  /** The number of answers by status. A request that got no answer counts as the status 0. */
  readonly statuses: Map<number, number>;
  /** The number of answers 429 and 503 that do not say when to come back. */
  withoutAdvice: number;
}

export const emptyTally = (): Tally => ({
  checkoutsMs: [],
  placingsMs: [],
  statuses: new Map(),
  withoutAdvice: 0,
});

/** Whether the status says that the caller should come back later. */
const isBusy = (status: number): boolean => status === 429 || status === 503;

/** Notes an answer. Gives the time in milliseconds after which the request may be repeated, or undefined. */
export function noteAnswer(tally: Tally, status: number, retryAfter: string | null): number | undefined {
  tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
  if (!isBusy(status)) return undefined;
  if (retryAfter === null) tally.withoutAdvice += 1;
  return retryAfterMs(retryAfter);
}

/** Whether some answer was none that a busy machine may give: a server error other than 503, or none at all. */
export const hasFailure = ({ statuses, withoutAdvice }: Pick<Tally, 'statuses' | 'withoutAdvice'>): boolean =>
  withoutAdvice > 0 ||
  [...statuses.keys()].some((status) => status === 0 || (status >= 500 && status !== 503));

/** The sum of all tallies. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const statuses = new Map<number, number>();
  for (const tally of tallies)
    for (const [status, count] of tally.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
  return {
    checkoutsMs: tallies.flatMap(({ checkoutsMs }) => checkoutsMs),
    placingsMs: tallies.flatMap(({ placingsMs }) => placingsMs),
    statuses,
    withoutAdvice: tallies.reduce((sum, tally) => sum + tally.withoutAdvice, 0),
  };
}

/** The percentile by the nearest rank: this share of the values is not above it. Undefined without values. */
export function percentile(values: readonly number[], part: number): number | undefined {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

/** Processor time in milliseconds, by what used it. */
export interface CpuParts {
  /** The main thread: gateway, queues, event bus, the proxy of the table, and the partners' sandboxes. */
  readonly main: number;
  /** The threads that run the functions. */
  readonly functions: number;
  /** Node's own threads, which compile code and collect garbage. */
  readonly helpers: number;
  /** The table engine. */
  readonly engine: number;
  /** The process of DuckDB, which makes the tables of the lake beside the orders. */
  readonly lake: number;
}

/** The usage of the backend until a moment: processor time, resident memory, and the size of its data folder. */
export interface Usage {
  readonly cpuMs: number;
  /** The parts of the processor time. Undefined where the system does not say them. */
  readonly parts?: CpuParts;
  readonly residentMb: number;
  readonly dataKb: number;
}

/** The figures of one level. */
export interface LevelFigures {
  readonly shoppers: number;
  readonly orders: number;
  readonly ordersPerSecond: number;
  readonly checkoutP50Ms: number | undefined;
  readonly checkoutP95Ms: number | undefined;
  readonly placingP50Ms: number | undefined;
  readonly placingP95Ms: number | undefined;
  /** The processor time of the backend and its table engine, divided by the orders. Undefined without an order. */
  readonly cpuMsPerOrder: number | undefined;
  /** The memory of the main process at the end. */
  readonly residentMb: number;
  /** The most that all processes together held. */
  readonly mostResidentMb: number | undefined;
  readonly dataKbPerOrder: number | undefined;
  readonly statuses: Tally['statuses'];
  readonly withoutAdvice: number;
}

/** Computes the figures of a level from the measurements of its shoppers, the time, and the usage before and after. */
export function figuresOf(
  shoppers: number,
  tally: Tally,
  elapsedMs: number,
  {
    before,
    after,
    mostResidentMb,
  }: { readonly before: Usage; readonly after: Usage; readonly mostResidentMb?: number },
): LevelFigures {
  const orders = tally.checkoutsMs.length;
  const perOrder = (value: number) => (orders === 0 ? undefined : value / orders);
  return {
    shoppers,
    orders,
    ordersPerSecond: (orders * 1000) / elapsedMs,
    checkoutP50Ms: percentile(tally.checkoutsMs, 0.5),
    checkoutP95Ms: percentile(tally.checkoutsMs, 0.95),
    placingP50Ms: percentile(tally.placingsMs, 0.5),
    placingP95Ms: percentile(tally.placingsMs, 0.95),
    cpuMsPerOrder: perOrder(after.cpuMs - before.cpuMs),
    residentMb: after.residentMb,
    mostResidentMb,
    dataKbPerOrder: perOrder(after.dataKb - before.dataKb),
    statuses: tally.statuses,
    withoutAdvice: tally.withoutAdvice,
  };
}

/** The seconds of the header Retry-After, in milliseconds. One second if it is missing or not a whole number. */
function retryAfterMs(header: string | null): number {
  return header !== null && /^\d+$/.test(header) ? Number(header) * 1000 : 1000;
}

/** The lines that a program reads: `load <name> <value>`. A figure without a value has no line. */
export function resultLines(levels: readonly LevelFigures[]): string[] {
  return levels.flatMap((level) => {
    const figures = {
      'orders-per-second': level.ordersPerSecond,
      'checkout-p50-ms': level.checkoutP50Ms,
      'checkout-p95-ms': level.checkoutP95Ms,
      'placing-p50-ms': level.placingP50Ms,
      'placing-p95-ms': level.placingP95Ms,
      'cpu-ms-per-order': level.cpuMsPerOrder,
      'resident-mb': level.residentMb,
      'most-resident-mb': level.mostResidentMb,
      'data-kb-per-order': level.dataKbPerOrder,
    };
    return [...figureLines(figures, level.shoppers), ...answerLines('answers', level)];
  });
}

/** A line for each figure that has a value. The figures are those of a number of shoppers, or of a named state. */
export function figureLines(
  figures: Readonly<Record<string, number | undefined>>,
  shoppers: number | string,
): string[] {
  return Object.entries(figures).flatMap(([name, value]) =>
    value === undefined ? [] : [`load ${name}@${shoppers} ${rounded(value)}`],
  );
}

/** A line for each status of the answers, and one for those that advise nothing, if there are any. */
export function answerLines(
  name: string,
  { shoppers, statuses, withoutAdvice }: Pick<LevelFigures, 'shoppers' | 'statuses' | 'withoutAdvice'>,
): string[] {
  const lines = [...statuses].map(([status, count]) => `load ${name}-${status}@${shoppers} ${count}`);
  const bare = withoutAdvice === 0 ? [] : [`load ${name}-without-retry-after@${shoppers} ${withoutAdvice}`];
  return [...lines.toSorted(), ...bare];
}

/** The answers in words, such as `12 x 201, 3 x 503`. */
export const answersInWords = (statuses: ReadonlyMap<number, number>): string =>
  [...statuses].map(([status, count]) => `${count} x ${status}`).join(', ');

/** Writes two decimals below 10, one below 100, and none above. */
export function rounded(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

import * as z from 'zod';
import { warehouseIdSchema } from '../../../events/landed-cost.ts';
import type { portSchema } from '../../../events/replenishment.ts';
import { SupplyRiskRaised } from '../../../events/supply-risks.ts';
import { calendarDateSchema, dayMs, type Instant, instantSchema, later } from '../../kernel/time.ts';
import { hasEnded, type OrderState } from '../purchasing/order-state.ts';
import type { OpenOrder } from '../purchasing/ports.ts';

/** A risk of missing goods, as it was found. */
export const supplyRiskSchema = SupplyRiskRaised.data.meta({ id: 'SupplyRisk' });

export type SupplyRisk = Omit<z.infer<typeof supplyRiskSchema>, 'at'>;
export type RiskKind = SupplyRisk['kind'];

/** A port where goods wait. */
export const portCongestionSchema = z
  .strictObject({
    /** Days by which arrivals there are later. */
    delayDays: z.int().min(0).max(120),
    /** Until when; an instant in the past ends it. */
    until: instantSchema,
  })
  .meta({ id: 'PortCongestion' });

export type PortCongestion = z.infer<typeof portCongestionSchema> & {
  readonly port: z.infer<typeof portSchema>;
};

/** Stock of a SKU at a warehouse, and how much of it is sold. */
interface SkuSupply {
  readonly sku: string;
  readonly warehouseId: string;
  readonly availableUnits: number;
  /** Thousandths of a unit that a day takes, by the forecast. */
  readonly dailyDemandMilli: number;
}

/** The units that a run counted at a warehouse, and how many of them a day takes by its forecasts. */
export const storedUnitsSchema = z.strictObject({
  warehouseId: warehouseIdSchema,
  units: z.int().min(0),
  perDayMilli: z.int().min(0),
  /** The day of the run. */
  day: calendarDateSchema,
});

export type StoredUnits = z.infer<typeof storedUnitsSchema>;

/** Failed tries after which a person has to look why an order is not sent. */
const FAILED_SENDINGS = 3;
/** A supplier that has not taken the order after this time may not have it. */
const ACKNOWLEDGED_WITHIN_MS = 3 * dayMs;
/** Without any arrival ahead, a SKU is at risk if it lasts for fewer days than this. */
const HORIZON_DAYS = 30;

const day = (at: Instant): string => at.slice(0, 10);

/** The kinds of risks that {@link orderRisks}, `unconfirmedCancellations` and `capacityRisks` find. */
export const orderRiskKinds: readonly RiskKind[] = [
  ...(['not-sent', 'not-acknowledged', 'late-supplier', 'congested-port'] as const),
  ...(['cancellation-not-taken', 'over-capacity'] as const),
];

/**
 * The risks of open orders: those that are not sent, not taken or late, and goods that come by a congested port. Pure.
 */
export function orderRisks(
  orders: readonly OpenOrder[],
  congested: readonly PortCongestion[],
  now: Instant,
): SupplyRisk[] {
  const ports = new Set(congested.filter(({ until }) => until > now).map(({ port }) => port));
  return orders
    .filter(({ state }) => !hasEnded(state))
    .flatMap((order) => [...lateness(order, now), ...arrivalsBy(order.state, ports)]);
}

function lateness({ state, sendAttempts }: OpenOrder, now: Instant): SupplyRisk[] {
  const { replenishmentOrderId, supplierId, warehouseId, status, sentAt, expectedAt } = state;
  if (supplierId === undefined) return [];
  const of = (kind: RiskKind, from?: string): SupplyRisk => ({
    ...{ riskKey: `${kind}#${replenishmentOrderId}`, kind, replenishmentOrderId, supplierId, warehouseId },
    ...(from === undefined ? {} : { from }),
  });
  if (status === 'approved') return sendAttempts >= FAILED_SENDINGS ? [of('not-sent')] : [];
  if (sentAt === undefined) return [];
  const isUntaken = status === 'sent' && later(sentAt, ACKNOWLEDGED_WITHIN_MS) < now;
  return [
    ...(isUntaken ? [of('not-acknowledged')] : []),
    ...(day(now) > day(expectedAt) ? [of('late-supplier', day(expectedAt))] : []),
  ];
}

function arrivalsBy(state: OrderState, ports: ReadonlySet<string>): SupplyRisk[] {
  const { replenishmentOrderId, supplierId, warehouseId } = state;
  return state.notices.flatMap(({ shipped, received }) => {
    const port = shipped.leg.portOfArrival;
    if (received !== undefined || port === undefined || !ports.has(port)) return [];
    return shipped.lines.map(({ sku }) => ({
      riskKey: `congested-port#${port}#${replenishmentOrderId}#${shipped.noticeId}#${sku}`,
      ...{ kind: 'congested-port' as const, port, sku, warehouseId, replenishmentOrderId },
      ...(supplierId === undefined ? {} : { supplierId }),
      nextArrivalAt: shipped.expectedAt,
    }));
  });
}

/**
 * SKUs that run out before their next arrival, by the forecast of demand and the open orders; without an arrival ahead,
 * those that last for fewer than 30 days. A congested port delays the arrivals that come by it. Pure.
 */
export function stockoutRisks(
  supply: readonly SkuSupply[],
  orders: readonly OpenOrder[],
  congested: readonly PortCongestion[],
  now: Instant,
): SupplyRisk[] {
  const delays = new Map(
    congested.filter(({ until }) => until > now).map(({ port, delayDays }) => [port, delayDays]),
  );
  return supply.flatMap(({ sku, warehouseId, availableUnits, dailyDemandMilli }): SupplyRisk[] => {
    if (dailyDemandMilli <= 0) return [];
    const lasts = Math.floor((Math.max(0, availableUnits) * 1_000) / dailyDemandMilli);
    const from = day(later(now, lasts * dayMs));
    const next = orders
      .flatMap(({ state }) => arrivalsOf(state, { sku, warehouseId, delays }))
      .toSorted()
      .at(0);
    const isAtRisk = next === undefined ? lasts < HORIZON_DAYS : from < day(next);
    if (!isAtRisk) return [];
    return [
      {
        ...{ riskKey: `runs-out#${sku}#${warehouseId}`, kind: 'runs-out', sku, warehouseId, from },
        ...(next === undefined ? {} : { nextArrivalAt: next }),
      },
    ];
  });
}

/** When units of the SKU should arrive there: by notices on their way, and by the order for what was not announced. */
function arrivalsOf(
  state: OrderState,
  {
    sku,
    warehouseId,
    delays,
  }: { readonly sku: string; readonly warehouseId: string; readonly delays: ReadonlyMap<string, number> },
): Instant[] {
  if (hasEnded(state) || state.warehouseId !== warehouseId) return [];
  const line = state.lines.find((each) => each.sku === sku);
  if (line === undefined) return [];
  const announced = state.notices.flatMap(({ shipped, received }) =>
    received === undefined && shipped.lines.some((each) => each.sku === sku)
      ? [later(shipped.expectedAt, (delays.get(shipped.leg.portOfArrival ?? '') ?? 0) * dayMs)]
      : [],
  );
  return line.open > line.onTheWay ? [...announced, state.expectedAt] : announced;
}

export interface RiskStore {
  open(): Promise<readonly z.infer<typeof supplyRiskSchema>[]>;
  /** Raises or ends a risk and publishes it, together; nothing where it was so already. */
  raise(risk: SupplyRisk, now: Instant): Promise<void>;
  end(risk: SupplyRisk, now: Instant): Promise<void>;
  congestedPorts(): Promise<readonly PortCongestion[]>;
  /** Stores all of them or none; at most 100. Throws TooManyWriters. */
  putPorts(ports: readonly PortCongestion[]): Promise<void>;
  /** What the last run counted, of each warehouse that it planned. */
  storedUnits(): Promise<readonly StoredUnits[]>;
  putStoredUnits(stored: readonly StoredUnits[]): Promise<void>;
}

/**
 * Brings the open risks of these kinds in line with what was found: a new one is raised once, and one that is not found
 * any more ends by itself. Others stay as they are.
 */
export async function settleRisks(
  { risks }: { readonly risks: Pick<RiskStore, 'open' | 'raise' | 'end'> },
  found: readonly SupplyRisk[],
  kinds: readonly RiskKind[],
  now: Instant,
): Promise<{ raised: number; ended: number }> {
  const open = (await risks.open()).filter(({ kind }) => kinds.includes(kind));
  const known = new Set(open.map(({ riskKey }) => riskKey));
  const present = new Set(found.map(({ riskKey }) => riskKey));
  const raised = found.filter(({ riskKey }) => !known.has(riskKey));
  const ended = open.filter(({ riskKey }) => !present.has(riskKey));
  for (const risk of raised) await risks.raise(risk, now);
  for (const { at: _, ...risk } of ended) await risks.end(risk, now);
  return { raised: raised.length, ended: ended.length };
}

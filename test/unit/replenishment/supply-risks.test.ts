import { describe, expect, it } from 'vitest';
import {
  orderRiskKinds,
  orderRisks,
  type SupplyRisk,
  settleRisks,
  stockoutRisks,
} from '../../../shared/replenishment/inbound/supply-risks.ts';
import { decideOrder } from '../../../shared/replenishment/purchasing/decide-order.ts';
import { evolve, type OrderState } from '../../../shared/replenishment/purchasing/order-state.ts';
import { now, sentOrder } from './replenishment-builders.ts';

const stored = (state: OrderState, sendAttempts = 0) => ({ state, steps: [], sendAttempts });
const sent = sentOrder({ MUG: 100, HAT: 10 });

/** The order with a delivery of mugs by a port. */
function shippedBy(portOfArrival: string, units = 60): OrderState {
  const decided = decideOrder(
    sent,
    {
      ...{ kind: 'ship', noticeId: 'N1', lines: [{ sku: 'MUG', units }], spreadBy: 'weight', bulkEntry: [] },
      ...{ leg: { mode: 'sea', fromCountry: 'CN', portOfArrival }, expectedAt: '2026-12-20T08:00:00.000Z' },
    },
    { at: now, by: 'operator' },
  );
  if (!decided.ok) throw new Error('it is shipped');
  return decided.value.reduce(evolve, sent);
}

const keysOf = (risks: readonly SupplyRisk[]) => risks.map(({ riskKey }) => riskKey);
const id = sent.replenishmentOrderId;
const congestion = { port: 'PLGDN', delayDays: 7, until: '2026-12-31T00:00:00.000Z' };

describe('the risks of open orders', () => {
  it('are a congested port for exactly the SKUs on their way there, until it is over', () => {
    const orders = [stored(shippedBy('PLGDN'))];
    expect(keysOf(orderRisks(orders, [congestion], now))).toEqual([`congested-port#PLGDN#${id}#N1#MUG`]);
    expect(orderRisks([stored(shippedBy('DEHAM')), stored(sent)], [congestion], now)).toEqual([]);
    expect(orderRisks(orders, [{ ...congestion, until: now }], now)).toEqual([]);
  });

  it('are a late supplier from the day after the promise, and an order that nobody took after three days', () => {
    // Promised for 21 December; sent on 1 December at ten.
    const acknowledged = { ...sent, status: 'acknowledged' as const };
    expect(orderRisks([stored(acknowledged)], [], '2026-12-21T23:59:00.000Z')).toEqual([]);
    expect(orderRisks([stored(acknowledged)], [], '2026-12-22T00:00:00.000Z')).toMatchObject([
      { riskKey: `late-supplier#${id}`, from: '2026-12-21' },
    ]);
    expect(orderRisks([stored(sent)], [], '2026-12-04T10:00:00.000Z')).toEqual([]);
    expect(keysOf(orderRisks([stored(sent)], [], '2026-12-04T10:00:01.000Z'))).toEqual([
      `not-acknowledged#${id}`,
    ]);
    expect(orderRisks([stored({ ...sent, status: 'closed' })], [], '2027-12-04T10:00:01.000Z')).toEqual([]);
  });

  it('are an order that could not be sent three times', () => {
    const approved = { ...sent, status: 'approved' as const };
    expect(orderRisks([stored(approved, 2)], [], now)).toEqual([]);
    expect(keysOf(orderRisks([stored(approved, 3)], [], now))).toEqual([`not-sent#${id}`]);
  });
});

describe('a SKU that runs out', () => {
  const supply = (availableUnits: number, dailyDemandMilli = 2_500) => [
    { sku: 'MUG', warehouseId: 'pl-poznan', availableUnits, dailyDemandMilli },
  ];
  const from = (available: number, state?: OrderState, ports = [congestion].slice(1)) =>
    stockoutRisks(supply(available), state === undefined ? [] : [stored(state)], ports, now);

  it('is one whose stock ends before the next arrival', () => {
    // 2.5 a day from 1 December. 47 units last 18 days, to 19 December; 50 last 20 days, to 21 December.
    expect(from(47, shippedBy('PLGDN'))).toMatchObject([
      { kind: 'runs-out', from: '2026-12-19', nextArrivalAt: '2026-12-20T08:00:00.000Z' },
    ]);
    expect(from(50, shippedBy('PLGDN'))).toEqual([]);
    // A congested port brings them on 27 December.
    expect(from(50, shippedBy('PLGDN', 100), [congestion])).toMatchObject([
      { from: '2026-12-21', nextArrivalAt: '2026-12-27T08:00:00.000Z' },
    ]);
  });

  it('is one without an arrival that lasts for fewer than 30 days, and none that nobody buys', () => {
    expect(from(74)).toMatchObject([{ from: '2026-12-30' }]);
    expect(from(75)).toEqual([]);
    expect(stockoutRisks(supply(0, 0), [], [], now)).toEqual([]);
    // The order of another warehouse brings nothing here.
    expect(from(74, { ...sent, warehouseId: 'elsewhere' })).toHaveLength(1);
  });
});

describe('a risk', () => {
  it('is raised once and ends by itself, and other kinds stay', async () => {
    const log: string[] = [];
    const open = new Map<string, SupplyRisk & { at: string }>();
    const other = { riskKey: 'runs-out#MUG#pl-poznan', kind: 'runs-out', at: now } as const;
    open.set(other.riskKey, other);
    const risks = {
      open: async () => [...open.values()],
      raise: async (risk: SupplyRisk, at: string) => {
        open.set(risk.riskKey, { ...risk, at });
        log.push(`raise ${risk.kind}`);
      },
      end: async ({ riskKey, kind }: SupplyRisk) => {
        open.delete(riskKey);
        log.push(`end ${kind}`);
      },
    };
    const found = orderRisks([stored(shippedBy('PLGDN'))], [congestion], now);
    for (const each of [found, found, [], []]) await settleRisks({ risks }, each, orderRiskKinds, now);
    expect(log).toEqual(['raise congested-port', 'end congested-port']);
    expect([...open.keys()]).toEqual([other.riskKey]);
  });
});

import { describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { headOf } from '../../../shared/order/index.ts';
import { cancelled, parcelId, placed, untilCleared, untilDispatched } from '../../builders/facts.ts';
import { consignment, landedCost } from '../../builders/landed-cost.ts';
import { timelineOf } from '../../builders/timeline.ts';

const landed = landedCost({ consignments: [consignment({ via: ['pl-poznan'] })] });
const awaited = (facts: NewFact[]) =>
  headOf(
    timelineOf(facts.map((fact) => (fact.name === 'order.placed' ? placed({ landedCost: landed }) : fact)))
      .facts,
  ).warehouses;

describe('the warehouses that an order waits for', () => {
  it('are the warehouses that pack until the parcel leaves, and those it passes until it arrives there', () => {
    expect(awaited([placed()])).toEqual(['cn-shenzhen', 'pl-poznan']);
    expect(awaited(untilCleared())).toEqual(['cn-shenzhen', 'pl-poznan']);
    expect(awaited(untilDispatched())).toEqual(['pl-poznan']);
    const deliveredAt = '2026-11-30T10:00:00.000Z';
    const delivered: NewFact = { name: 'parcel.delivered', data: { parcelId, deliveredAt } };
    expect(awaited([...untilDispatched(), delivered])).toEqual([]);
  });

  it('are none for a parcel that a person has closed', () => {
    const closed: NewFact = { name: 'parcel.closed', data: { parcelId, outcome: 'lost', refund: 'none' } };
    expect(awaited([...untilDispatched(), closed])).toEqual([]);
  });

  it('are none after the order has ended', () => {
    expect(awaited([...untilCleared(), cancelled()])).toEqual([]);
  });
});

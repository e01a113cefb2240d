import { expect } from 'vitest';
import { blockerOf, factsNamed, orderStateOf } from '../../shared/timeline/index.ts';
import { dispatchesOf } from '../../shared/warehouse/dispatch-state.ts';
import type { RandomJourney } from './random-journey.ts';

/**
 * What the partners themselves have on their books once all messages were handled: no dispatch order at work, no label
 * and no declaration that the order should not have, unless it was reported to a person. While a person holds the
 * order, a label without a fact may be there: the decision names it or has it voided.
 */
export function checkPartnersBooks(journey: RandomJourney): void {
  if (journey.queue.parked.length > 0) return;
  expect(dispatchesAtWork(journey)).toEqual([]);
  expect(labelsTooMany(journey)).toEqual([]);
  expect(declarationsStanding(journey)).toEqual([]);
}

const isStopped = ({ harness }: RandomJourney) =>
  ['cancelled', 'expired'].includes(orderStateOf(harness.facts()).ended ?? '');

/** Whether the order was held for this reason about this parcel, at any time. */
function isReported({ harness }: RandomJourney, reason: string, parcelId: string | undefined): boolean {
  return factsNamed(harness.facts(), 'order.held').some(
    ({ data }) => data.reason === reason && data.parcelId === parcelId,
  );
}

function dispatchesAtWork(journey: RandomJourney): string[] {
  const { system } = journey.harness;
  const wanted = dispatchesOf(journey.harness.facts()).filter(
    ({ status }) => status === 'handed-over' || (status !== 'cancelled' && !isStopped(journey)),
  );
  return [...system.orders.values()]
    .filter(({ dispatchId }) => !wanted.some((dispatch) => dispatch.dispatchId === dispatchId))
    .filter(({ dispatchId }) => !system.cancelled.has(dispatchId))
    .filter(({ parcelId }) => !isReported(journey, 'handed-over-after-stop', parcelId))
    .map(({ dispatchId }) => dispatchId);
}

function labelsTooMany(journey: RandomJourney): string[] {
  const { carrier } = journey.harness;
  const named = factsNamed(journey.harness.facts(), 'parcel.booked').flatMap(({ data }) =>
    (data.pieces ?? [data]).map(({ carrierShipmentId }) => carrierShipmentId),
  );
  const wanted = isStopped(journey) ? [] : named;
  return [...carrier.sold]
    .filter(([shipment]) => !wanted.includes(shipment) && !carrier.voided.has(shipment))
    .filter(([, reference]) => !isUndecided(journey, parcelOf(reference)))
    .filter(([, reference]) => !isReported(journey, 'label-not-voided', parcelOf(reference)))
    .map(([shipment]) => shipment);
}

/** A person holds the order, and the parcel may still be booked. */
function isUndecided({ harness }: RandomJourney, parcelId: string | undefined): boolean {
  const facts = harness.facts();
  const isBooked = factsNamed(facts, 'parcel.booked').some(({ data }) => data.parcelId === parcelId);
  return blockerOf(facts) === 'unscreened' && !isBooked;
}

/** A carton is called by its parcel and a number. */
const parcelOf = (reference: string) => reference.split('-')[0];

function declarationsStanding(journey: RandomJourney): string[] {
  if (!isStopped(journey)) return [];
  const { harness, authority } = journey;
  const filed = factsNamed(harness.facts(), 'declaration.filed');
  return [...harness.broker.filed.keys()].filter((lrn) => {
    const status = authority.get(lrn);
    if (status === 'invalidated' || status === 'refused') return false;
    const parcelId = filed.find(({ data }) => data.lrn === lrn)?.data.parcelId;
    return !isReported(journey, 'declaration-released', parcelId);
  });
}

import { defined } from '../../kernel/defined.ts';
import { type DisputeState, factsNamed, piecesOf, placedFact, type Timeline } from '../../timeline/index.ts';
import type { EvidenceTexts } from '../evidence-command.ts';
import type { KnownDetails } from './evidence-pack.ts';
import { addressText, amountText, timeText } from './pack-section.ts';

/** The evidence in fields, as providers ask for it beside the document. Personal: for the provider alone. */
export function evidenceTexts(
  timeline: Timeline,
  { code }: DisputeState,
  details: KnownDetails,
): EvidenceTexts {
  const { facts } = timeline;
  const { landedCost } = placedFact(timeline).data;
  const booked = factsNamed(facts, 'parcel.booked');
  const [left] = factsNamed(facts, 'parcel.dispatched');
  const lines = landedCost.consignments.flatMap((consignment) => consignment.lines);
  return {
    product: lines
      .map(({ quantity, description, sku }) => `${quantity} x ${description} (${sku})`)
      .join('; '),
    summary: summaryOf(timeline, code),
    ...defined({
      customerName: details?.shippingAddress.name,
      customerEmail: details?.customer.email,
      billingAddress: details?.billingAddress && addressText(details.billingAddress),
      shippingAddress: details && addressText(details.shippingAddress),
      shippedOn: left?.data.handedOverAt.slice(0, 10),
    }),
    ...(booked.length === 0
      ? {}
      : {
          carrier: [...new Set(booked.map(({ data }) => data.carrier))].join(', '),
          trackingNumbers: booked
            .flatMap(({ data }) => piecesOf(data))
            .map(({ trackingNumber }) => trackingNumber)
            .join(', '),
        }),
  };
}

/** What the document shows, in a few sentences. */
function summaryOf(timeline: Timeline, code: string): string {
  const { facts, orderId } = timeline;
  const placed = placedFact(timeline);
  const delivered = factsNamed(facts, 'parcel.delivered');
  const left = factsNamed(facts, 'parcel.dispatched');
  const refunds = factsNamed(facts, 'refund.paid');
  return [
    `Order ${orderId} was placed on ${timeText(placed.occurredAt)} for ${amountText(placed.data.landedCost.totals.total)}.`,
    ...left.map(
      ({ data }) => `Parcel ${data.parcelId} was handed to the carrier on ${timeText(data.handedOverAt)}.`,
    ),
    ...delivered.map(({ data }) => `Parcel ${data.parcelId} was delivered on ${timeText(data.deliveredAt)}.`),
    ...refunds.map(
      ({ occurredAt, data }) => `${amountText(data.amount)} was given back on ${timeText(occurredAt)}.`,
    ),
    `The dispute names the reason ${code}. The attached document has every step.`,
  ].join(' ');
}

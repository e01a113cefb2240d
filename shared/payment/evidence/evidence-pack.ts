import type { Fact } from '../../../events/all-events.ts';
import type { Address } from '../../kernel/address.ts';
import type { Instant } from '../../kernel/time.ts';
import {
  type DisputeState,
  disputesOf,
  factsNamed,
  type OrderDetails,
  piecesOf,
  placedFact,
  plannedParcels,
  type Timeline,
} from '../../timeline/index.ts';
import { addressText, amountText, type PackSection, timeText } from './pack-section.ts';
import { paymentSection } from './payment-section.ts';

/**
 * What is known of an order for a dispute of its payment: the evidence, before it is printed. Personal data. It is made
 * anew for each reader and kept nowhere, so that the erasure of the order leaves nothing of it.
 */
export interface EvidencePack {
  readonly title: string;
  /** The time of the latest fact in it, UTC. */
  readonly asOf: Instant;
  readonly sections: readonly PackSection[];
}

/** The order without its customer and addresses, once these were erased. */
export type KnownDetails = OrderDetails | undefined;

/** The pack for a dispute, from the order's facts and details alone. The same input gives the same pack. */
export function evidencePack(timeline: Timeline, dispute: DisputeState, details: KnownDetails): EvidencePack {
  const { facts, orderId } = timeline;
  return {
    title: `Evidence for dispute ${dispute.disputeId}`,
    asOf: facts.at(-1)?.recordedAt ?? placedFact(timeline).recordedAt,
    sections: [
      disputeSection(orderId, dispute),
      goodsSection(timeline),
      costSection(timeline),
      paymentSection(timeline),
      consigneeSection(details),
      ...plannedParcels(timeline).map(({ parcelId }) => parcelSection(facts, parcelId)),
      customsSection(facts),
      refundSection(facts),
      otherDisputes(facts, dispute),
      stepsSection(facts),
    ].filter(({ pairs = [], table, note }) => pairs.length > 0 || (table?.rows.length ?? 0) > 0 || note),
  };
}

function disputeSection(orderId: string, dispute: DisputeState): PackSection {
  const { disputeId, code, amount, openedAt, evidenceDueAt } = dispute;
  return {
    heading: 'The dispute',
    pairs: [
      ['Order', orderId],
      ['Dispute', disputeId],
      ['Reason', code],
      ['Amount', amountText(amount)],
      ['Opened', timeText(openedAt)],
      ...(evidenceDueAt === undefined ? [] : [['Evidence due', timeText(evidenceDueAt)] as const]),
    ],
  };
}

function goodsSection(timeline: Timeline): PackSection {
  const placed = placedFact(timeline);
  const { landedCost, storefrontId, guaranteeCode } = placed.data;
  const { destination, incoterm } = landedCost;
  const region = destination.region === undefined ? '' : `, ${destination.region}`;
  return {
    heading: 'What was bought',
    pairs: [
      ['Placed', timeText(placed.occurredAt)],
      ['Shop', storefrontId],
      ...(guaranteeCode === undefined ? [] : [['Price code', guaranteeCode] as const]),
      ['Destination', `${destination.country}${region}, ${incoterm}`],
    ],
    table: {
      columns: ['SKU', 'Goods', 'Units', 'Origin', 'Value'],
      rows: landedCost.consignments.flatMap(({ lines }) =>
        lines.map(({ sku, description, quantity, originCountry, goodsValue }) => [
          ...[sku, description, String(quantity), originCountry, amountText(goodsValue)],
        ]),
      ),
    },
  };
}

function costSection(timeline: Timeline): PackSection {
  const { consignments, totals } = placedFact(timeline).data.landedCost;
  return {
    heading: 'What it cost, and by which law',
    table: {
      columns: ['Charge', 'Amount', 'By'],
      rows: [
        ...consignments.flatMap(({ charges }) =>
          charges.map(({ description, amount, legalReference, collectedOnDelivery }) => [
            collectedOnDelivery === true ? `${description} (paid on delivery)` : description,
            ...[amountText(amount), legalReference],
          ]),
        ),
        ['Total paid to the shop', amountText(totals.total), ''],
      ],
    },
    note: 'The shopper saw these figures before the order was placed.',
  };
}

function consigneeSection(details: KnownDetails): PackSection {
  const heading = 'Where it went';
  if (details === undefined)
    return { heading, note: 'The name and the addresses were erased at the end of their time.' };
  const { customer, shippingAddress, billingAddress } = details;
  return {
    heading,
    pairs: [
      ...addressPairs('Consignee', shippingAddress),
      ...(billingAddress === undefined ? [] : addressPairs('Billing address', billingAddress)),
      ['E-mail', customer.email],
      ...(customer.phone === undefined ? [] : [['Telephone', customer.phone] as const]),
    ],
  };
}

function addressPairs(name: string, address: Address): [string, string][] {
  const { romanised } = address;
  return [
    [name, addressText(address)],
    ...(romanised === undefined
      ? []
      : [[`${name}, in Latin letters`, addressText({ ...address, ...romanised })] as [string, string]]),
  ];
}

function parcelSection(facts: readonly Fact[], parcelId: string): PackSection {
  const own = facts.filter(({ data }) => 'parcelId' in data && data.parcelId === parcelId);
  const [booked, left] = [
    factsNamed(own, 'parcel.booked').at(-1),
    factsNamed(own, 'parcel.dispatched').at(-1),
  ];
  const [arrived] = factsNamed(own, 'parcel.delivered');
  const [packed, closed] = [factsNamed(own, 'parcel.packed').at(-1), factsNamed(own, 'parcel.closed').at(-1)];
  const scans = factsNamed(own, 'parcel.scanned').toSorted((a, b) =>
    a.data.scannedAt < b.data.scannedAt ? -1 : 1,
  );
  const proof = scans.findLast(({ data }) => data.status === 'delivered');
  return {
    heading: `Parcel ${parcelId}`,
    pairs: [
      ...(booked === undefined
        ? []
        : ([
            ['Carrier', `${booked.data.carrier}, ${booked.data.service}`],
            [
              'Tracking',
              piecesOf(booked.data)
                .map(({ trackingNumber }) => trackingNumber)
                .join(', '),
            ],
          ] as const)),
      ...(packed === undefined ? [] : [['Weight', `${packed.data.weightGrams} g`] as const]),
      ['Handed to the carrier', left === undefined ? 'not handed over' : timeText(left.data.handedOverAt)],
      [
        'Proof of delivery',
        arrived === undefined
          ? 'none: the carrier has not reported the delivery'
          : `reported by the carrier for ${timeText(arrived.data.deliveredAt)}${placeText(proof?.data.place)}`,
      ],
      ...(closed === undefined ? [] : [['Closed', closed.data.outcome] as const]),
    ],
    table: {
      columns: ['Scanned', 'Status', "Carrier's word", 'Place'],
      rows: scans.map(({ data }) => [
        ...[timeText(data.scannedAt), data.status, data.carrierStatus],
        [data.place.city, data.place.country].filter(Boolean).join(', '),
      ]),
    },
  };
}

const placeText = (place: Fact<'parcel.scanned'>['data']['place'] | undefined): string => {
  const text = [place?.city, place?.country].filter(Boolean).join(', ');
  return text === '' ? '' : ` in ${text}`;
};

function customsSection(facts: readonly Fact[]): PackSection {
  return {
    heading: 'Customs',
    table: {
      columns: ['Date', 'Declaration', 'Number of the authority'],
      rows: facts.flatMap((fact) =>
        fact.name.startsWith('declaration.')
          ? [
              [
                ...[timeText(fact.occurredAt), fact.name.slice('declaration.'.length)],
                'mrn' in fact.data ? String(fact.data.mrn ?? '') : '',
              ],
            ]
          : [],
      ),
    },
  };
}

function refundSection(facts: readonly Fact[]): PackSection {
  const failed = new Set(factsNamed(facts, 'refund.failed').map(({ data }) => data.refundId));
  const rows = factsNamed(facts, 'refund.paid').map(({ occurredAt, data }) => [
    ...[timeText(occurredAt), amountText(data.amount), data.providerReference],
    failed.has(data.refundId) ? 'came back' : 'paid',
  ]);
  return {
    heading: 'Refunds before',
    ...(rows.length === 0
      ? { note: 'No money was given back.' }
      : { table: { columns: ['Date', 'Amount', 'Reference', 'State'], rows } }),
  };
}

function otherDisputes(facts: readonly Fact[], { disputeId }: DisputeState): PackSection {
  return {
    heading: 'Other disputes of the payment',
    table: {
      columns: ['Opened', 'Dispute', 'Reason', 'State'],
      rows: disputesOf(facts)
        .filter((other) => other.disputeId !== disputeId)
        .map((other) => [timeText(other.openedAt), other.disputeId, other.code, other.status]),
    },
  };
}

/** Facts that say nothing of what the shopper and the seller did. */
const LEFT_OUT = /^(freight|evidence|declaration|parcel\.scanned|order\.(overdue|attention_cleared))/;

function stepsSection(facts: readonly Fact[]): PackSection {
  return {
    heading: 'What happened, step by step',
    table: {
      columns: ['Time', 'Step', 'By'],
      rows: facts
        .filter(({ name }) => !LEFT_OUT.test(name))
        .map(({ occurredAt, name, cause }) => [timeText(occurredAt), name, cause.by]),
    },
    note: 'Messages between the shop and the shopper are not kept here. Attach them where they are evidence.',
  };
}

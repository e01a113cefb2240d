import { money } from '../../shared/kernel/money.ts';
import { PartnerUnavailable } from '../../shared/partners/send.ts';
import type { BookPiece, BoundCarrier, Scan, Tracking } from '../../shared/shipping/carrier.ts';
import { type Break, createBreaks } from './breaks.ts';

/** A carrier that sells one label for each reference, and keeps its scans. */
export interface FakeCarrier extends BoundCarrier {
  readonly labels: Map<string, { readonly command: BookPiece; readonly trackingNumber: string }>;
  readonly voided: Set<string>;
  /** The reference of every label that was ever sold, by its shipment. */
  readonly sold: Map<string, string>;
  breakNext(call: 'book' | 'find' | 'void', how: Break): void;
  duringNext(call: 'book' | 'find' | 'void', happen: () => Promise<void>): void;
  /** The next booking sees no label that was sold before: two at one moment buy two. */
  sellAgain(): void;
  refuse(reference: string, code: string): void;
  accept(reference: string): void;
  /** Hands the parcel to the carrier, so that its label can no longer be voided. */
  keep(carrierShipmentId: string): void;
  scan(trackingNumber: string, scan: Scan): Tracking;
  trackingOf(trackingNumber: string): Tracking;
  /** While true, no call gets an answer. */
  isDown: boolean;
  /** At the next purchase for that reference, the label is sold but the answer is lost. */
  loseAnswer(reference: string): void;
}

export const trackingBody = (tracking: Tracking) => Buffer.from(JSON.stringify(tracking));

const shipmentOf = (trackingNumber: string) => trackingNumber.replace('TRACK', 'shp_');

export function createFakeCarrier(): FakeCarrier {
  const labels: FakeCarrier['labels'] = new Map();
  const refusals = new Map<string, string>();
  const kept = new Set<string>();
  const losing = new Set<string>();
  const breaks = createBreaks();
  const sold: FakeCarrier['sold'] = new Map();
  let isBlind = false;
  const scans = new Map<string, Scan[]>();
  const trackingOf = (trackingNumber: string): Tracking => ({
    carrierShipmentId: shipmentOf(trackingNumber),
    trackingNumber,
    scans: scans.get(trackingNumber) ?? [],
  });
  const carrier: FakeCarrier = {
    code: 'easypost',
    isDown: false,
    labels,
    sold,
    voided: new Set(),
    breakNext: breaks.breakNext,
    duringNext: breaks.duringNext,
    sellAgain: () => {
      isBlind = true;
    },
    verify: () => ({ genuine: true, callbackId: 'evt_1', secretId: '1' }),
    interpret: (rawBody) => JSON.parse(rawBody.toString('utf8')) as Tracking,
    book: breaks.through('book', async (_now, command) => {
      if (carrier.isDown) throw new PartnerUnavailable('fake', 'no answer');
      const refusal = refusals.get(command.reference);
      if (refusal !== undefined) return { refused: true, code: refusal, detail: 'can not be served' };
      const known = isBlind ? undefined : labels.get(command.reference)?.trackingNumber;
      isBlind = false;
      const isHeld = known !== undefined && !carrier.voided.has(shipmentOf(known));
      const trackingNumber = isHeld ? known : `TRACK${sold.size + 1}`;
      sold.set(shipmentOf(trackingNumber), command.reference);
      labels.set(command.reference, { command, trackingNumber });
      if (losing.delete(command.reference)) throw new PartnerUnavailable('fake', 'no answer');
      return {
        carrierShipmentId: shipmentOf(trackingNumber),
        trackingNumber,
        labelUrl: `https://labels.test/${trackingNumber}.pdf`,
        service: command.service,
        cost: money(450, 'EUR'),
      };
    }),
    find: breaks.through('find', async (_now, { reference }) => {
      if (carrier.isDown) throw new PartnerUnavailable('fake', 'no answer');
      const own = [...sold].filter(([id, name]) => name === reference && !carrier.voided.has(id));
      return own.map(([carrierShipmentId]) => ({ carrierShipmentId }));
    }),
    void: breaks.through('void', async (_now, { carrierShipmentId }) => {
      if (carrier.isDown) throw new PartnerUnavailable('fake', 'no answer');
      if (kept.has(carrierShipmentId)) return 'too-late';
      carrier.voided.add(carrierShipmentId);
      return 'voided';
    }),
    track: async (_now, { trackingNumber }) => trackingOf(trackingNumber),
    refuse: (reference, code) => refusals.set(reference, code),
    loseAnswer: (reference) => losing.add(reference),
    accept: (reference) => refusals.delete(reference),
    keep: (carrierShipmentId) => kept.add(carrierShipmentId),
    scan: (trackingNumber, scan) => {
      scans.set(trackingNumber, [...(scans.get(trackingNumber) ?? []), scan]);
      return trackingOf(trackingNumber);
    },
    trackingOf,
  };
  return carrier;
}

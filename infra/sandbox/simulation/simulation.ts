import { sendTrackerEvent } from '../../../shared/shipping/carriers/easypost/sandbox/event.ts';
import type { EasyPostTracker } from '../../../shared/shipping/carriers/easypost/sandbox/wire.ts';
import type { Behaviour } from '../faults.ts';
import type { Sandbox } from '../partner.ts';
import { type PlannedScan, planCourse, type Route, writeScan } from './route.ts';

/** A parcel as the physical world knows it, by its tracking number. */
interface Parcel {
  readonly trackerId: string;
  readonly route: Route;
  readonly behaviour: Behaviour | undefined;
  readonly handedOver: boolean;
}

/** The road between the warehouse's door and the consignee's: what one partner hands over, another one scans. */
export interface Simulation {
  /** A label was printed: the tracker exists, and the parcel may one day be handed over. */
  register(tracker: EasyPostTracker, route: Route, behaviour: Behaviour | undefined): void;
  /** The warehouse gave the parcel to the carrier; a number that no carrier here printed is somebody else's. */
  handOver(trackingNumber: string): void;
  scan(data: { trackingNumber: string; rest: readonly PlannedScan[] }): void;
  /** The postage came back: the number will never be used. */
  cancel(trackerId: string): void;
}

const finalStatuses = ['delivered', 'failure', 'cancelled'];

/** Builds the physical world of one sandbox. */
export function createSimulation(sandbox: Sandbox): Simulation {
  const { store } = sandbox;

  const plan = (trackingNumber: string, scans: readonly PlannedScan[]): void => {
    const [next] = scans;
    if (next !== undefined) sandbox.later('simulation.scan', next.delayMs, { trackingNumber, rest: scans });
  };

  const save = (tracker: EasyPostTracker): EasyPostTracker => {
    const changed = { ...tracker, updated_at: new Date(sandbox.now()).toISOString() };
    store.put('easypost.tracker', changed.id, changed, changed.tracking_code);
    return changed;
  };

  const tell = (description: 'tracker.created' | 'tracker.updated', tracker: EasyPostTracker): void => {
    const shipment = store.get<{ reference: string | null }>('easypost.shipment', tracker.shipment_id);
    const reference = [tracker.tracking_code, tracker.shipment_id, shipment?.reference ?? ''].join(' ');
    sendTrackerEvent(sandbox, description, tracker, reference);
  };

  return {
    register: (tracker, route, behaviour) => {
      save(tracker);
      const parcel: Parcel = { trackerId: tracker.id, route, behaviour, handedOver: false };
      store.put('simulation.parcel', tracker.tracking_code, parcel);
      tell('tracker.created', tracker);
    },
    handOver: (trackingNumber) => {
      const parcel = store.get<Parcel>('simulation.parcel', trackingNumber);
      if (parcel === undefined || parcel.handedOver) return;
      store.put('simulation.parcel', trackingNumber, { ...parcel, handedOver: true });
      plan(trackingNumber, planCourse(parcel.route.lane, parcel.behaviour));
    },
    scan: ({ trackingNumber, rest }) => {
      const [planned, ...after] = rest;
      const parcel = store.get<Parcel>('simulation.parcel', trackingNumber);
      const tracker = parcel && store.get<EasyPostTracker>('easypost.tracker', parcel.trackerId);
      if (planned === undefined || parcel === undefined || tracker === undefined) return;
      const detail = writeScan(planned, { ...parcel.route, at: new Date(sandbox.now()).toISOString() });
      const scanned = save({
        ...tracker,
        status: planned.status,
        status_detail: planned.detail,
        signed_by: planned.status === 'delivered' ? (parcel.route.to.name ?? null) : tracker.signed_by,
        tracking_details: [...tracker.tracking_details, detail],
        finalized: finalStatuses.includes(planned.status),
      });
      tell('tracker.updated', scanned);
      plan(trackingNumber, after);
    },
    cancel: (trackerId) => {
      const tracker = store.get<EasyPostTracker>('easypost.tracker', trackerId);
      if (tracker === undefined) return;
      tell(
        'tracker.updated',
        save({ ...tracker, status: 'cancelled', status_detail: 'cancelled', finalized: true }),
      );
    },
  };
}

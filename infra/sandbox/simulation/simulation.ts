import type { PartnerStore } from '../store.ts';
import { type PlannedScan, planCourse } from './course.ts';
import type { ParcelRegistration, Parcels, ScanListener } from './parcels.ts';
import { placeOfScan } from './scan-place.ts';

/** A parcel of the simulation, found by its tracking number. */
interface Parcel extends ParcelRegistration {
  /** The partner that carries the parcel. */
  readonly carrier: string;
  readonly isHandedOver: boolean;
}

/** The simulated transport between warehouse and consignee. One partner hands a parcel over, and another scans it. */
export interface Simulation {
  /** The operations of a partner on parcels. */
  parcelsOf(code: string): Parcels;
  readonly steps: Readonly<Record<string, (data: never) => void>>;
}

interface SimulationOptions {
  readonly store: PartnerStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly later: (step: string, delayMs: number, data: unknown) => void;
}

const PARCEL = 'simulation.parcel';
const SCAN = 'simulation.scan';

interface ScanStep {
  readonly trackingNumber: string;
  readonly rest: readonly PlannedScan[];
}

/** Creates the simulated transport of one sandbox. */
export function createSimulation({ store, now, later }: SimulationOptions): Simulation {
  const listeners = new Map<string, ScanListener>();

  const plan = (trackingNumber: string, rest: readonly PlannedScan[]): void => {
    const [next] = rest;
    if (next !== undefined) later(SCAN, next.delayMs, { trackingNumber, rest } satisfies ScanStep);
  };

  const handOver = (trackingNumber: string): void => {
    const parcel = store.get<Parcel>(PARCEL, trackingNumber);
    if (parcel === undefined || parcel.isHandedOver) return;
    store.put(PARCEL, trackingNumber, { ...parcel, isHandedOver: true } satisfies Parcel);
    plan(trackingNumber, planCourse(parcel.route.crossesBorder, parcel.behaviour));
  };

  const scan = ({ trackingNumber, rest }: ScanStep): void => {
    const [planned, ...after] = rest;
    const parcel = store.get<Parcel>(PARCEL, trackingNumber);
    if (planned === undefined || parcel === undefined) return;
    const listener = listeners.get(parcel.carrier);
    if (listener === undefined) throw new Error(`the carrier ${parcel.carrier} does not receive scans`);
    const { kind } = planned;
    const place = placeOfScan(kind, parcel.route);
    listener({ trackingNumber, kind, place, occurredAt: new Date(now()).toISOString() });
    plan(trackingNumber, after);
  };

  return {
    steps: { [SCAN]: scan },
    parcelsOf: (code) => ({
      register: (registration) => {
        const parcel: Parcel = { ...registration, carrier: code, isHandedOver: false };
        store.put(PARCEL, registration.trackingNumber, parcel);
      },
      onScan: (listener) => void listeners.set(code, listener),
      handOver,
    }),
  };
}

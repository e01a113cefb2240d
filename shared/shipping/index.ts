export { bookParcels } from './book-parcels.ts';
export { freightOf, type Lane, laneSchema, lanesTo } from './rate-card.ts';
export { type CarrierCallback, receiveScans } from './receive-scans.ts';
export type { BookingDeps, ParcelSize, ReceiveScansDeps, ScanDeps } from './shipping-deps.ts';
export { trackParcels } from './track-parcels.ts';
export { type ParcelTracking, trackingOf } from './tracking.ts';
export { voidLabels } from './void-labels.ts';

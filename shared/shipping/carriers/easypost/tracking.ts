import { createHash } from 'node:crypto';
import type { Scan, Tracking } from '../../carrier.ts';
import type { EasyPostScan, EasyPostTracker } from './answers.ts';
import { trackingStatusOf } from './tracking-status.ts';

/** Translates a tracker. The oldest scan comes first. */
export function toTracking(tracker: EasyPostTracker, carrierShipmentId: string): Tracking {
  const scans = tracker.tracking_details.map((scan) => toScan(tracker.tracking_code, scan));
  return {
    carrierShipmentId,
    trackingNumber: tracker.tracking_code,
    scans: scans.sort((a, b) => (a.scannedAt < b.scannedAt ? -1 : a.scannedAt > b.scannedAt ? 1 : 0)),
  };
}

function toScan(trackingNumber: string, scan: EasyPostScan): Scan {
  const { city, country } = scan.tracking_location ?? {};
  const carrierStatus = scan.status_detail == null ? scan.status : `${scan.status}/${scan.status_detail}`;
  return {
    scanId: nameScan(trackingNumber, scan),
    status: trackingStatusOf(scan.status, scan.status_detail ?? undefined),
    carrierStatus,
    scannedAt: scan.datetime,
    city: city ?? undefined,
    country: country ?? undefined,
  };
}

/** Builds an id from the scan's contents, because EasyPost's scans have none. The id is the same in every report. */
function nameScan(trackingNumber: string, scan: EasyPostScan): string {
  const { city, country, zip } = scan.tracking_location ?? {};
  const said = [
    trackingNumber,
    scan.datetime,
    scan.status,
    scan.status_detail,
    scan.message,
    city,
    zip,
    country,
  ];
  const digest = createHash('sha256').update(JSON.stringify(said.map((one) => one ?? '')));
  return `easypost-${digest.digest('hex').slice(0, 32)}`;
}

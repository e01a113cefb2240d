export { bookParcels } from './book-parcels.ts';
export {
  type ImportedLine,
  type InvoiceDeps,
  importInvoices,
  type LineProblem,
  settleFreightDispute,
} from './import-invoices.ts';
export { invoicesContradict, settlementProblems } from './invoice-problem.ts';
export { importedLineSchema, importedLineView, invoiceLineSchema } from './invoice-view.ts';
export { type CarrierCallback, receiveScans } from './receive-scans.ts';
export type { BookingDeps, ParcelSize, ReceiveScansDeps, ScanDeps } from './shipping-deps.ts';
export { createParcelSizes, stackedParcel } from './stacked-parcel.ts';
export { trackParcels } from './track-parcels.ts';
export { type ParcelTracking, trackingOf } from './tracking.ts';
export { voidLabels } from './void-labels.ts';

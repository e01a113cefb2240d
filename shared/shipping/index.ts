export { addressProblems } from './address-needs.ts';
export { bookParcels } from './book-parcels.ts';
export { importInvoices, settleFreightDispute } from './import-invoices.ts';
export { invoicesContradict, settlementProblems } from './invoice-problem.ts';
export { importedLineSchema, importedLineView, invoiceLineSchema } from './invoice-view.ts';
export { receiveScans } from './receive-scans.ts';
export { createParcelSizes } from './stacked-parcel.ts';
export { trackParcels } from './track-parcels.ts';
export { voidLabels } from './void-labels.ts';

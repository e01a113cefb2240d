export { chooseBroker } from './choose-broker.ts';
export { clearParcels } from './clear-parcels.ts';
export { exporterAt } from './exporter.ts';
export { receiveCustomsCallback } from './receive-customs-callback.ts';
export { withdrawDeclarations } from './withdraw-declarations.ts';

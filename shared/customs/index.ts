export { buildDeclaration, type Incomplete } from './build-declaration.ts';
export { chooseBroker } from './choose-broker.ts';
export { clearParcels } from './clear-parcels.ts';
export type { AnswerDeps, DeclareDeps, ReceiveAnswersDeps } from './declare-deps.ts';
export { exporterAt } from './exporter.ts';
export { type CustomsCallback, receiveCustomsCallback } from './receive-customs-callback.ts';
export { withdrawDeclarations } from './withdraw-declarations.ts';

export { builtinRestrictions } from './builtin.ts';
export type { RestrictionFinding } from './finding.ts';
export { createGoodsGate, type GoodsGate } from './goods-gate.ts';
export { productComplianceSchema } from './product-compliance.ts';
export { eprNumbersSchema, type GoodsRegistrations, responsiblePersonsSchema } from './registrations.ts';
export { restrictedLines } from './restricted-lines.ts';
export { type BlockedLine, blockedLineSchema, splitBasket } from './split-basket.ts';
export { type Transport, transportOf } from './transport.ts';

export type { RestrictedProduct } from './attributes.ts';
export { builtinRestrictions } from './builtin.ts';
export { checkGoods, type GoodsQuestion } from './check-goods.ts';
export { blockedBy, type RestrictionFinding } from './finding.ts';
export { createGoodsGate, type GoodsGate } from './goods-gate.ts';
export { type ProductCompliance, productComplianceSchema } from './product-compliance.ts';
export {
  type EprNumber,
  eprNumbersSchema,
  type GoodsRegistrations,
  type ResponsiblePerson,
  responsiblePersonsSchema,
} from './registrations.ts';
export {
  type GoodsToScreen,
  type RestrictedLine,
  restrictedLines,
} from './restricted-lines.ts';
export { createRestrictionBook, type RestrictionBook } from './restriction-book.ts';
export { type GoodsService, goodsServices } from './schema.ts';
export { type BlockedLine, blockedLineSchema, type LineToCheck, splitBasket } from './split-basket.ts';
export { type RestrictedPlace, type Transport, transportOf } from './transport.ts';

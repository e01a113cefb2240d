export {
  type DecisionOutcome,
  type DecisionRefusal,
  decideByOperator,
  type OperatorDecision,
} from './decide-by-operator.ts';
export { decisionProblem } from './decision-problem.ts';
export { createRestrictedGoods } from './find-restricted-goods.ts';
export { defaultLimits, type ScreeningLimits } from './limits.ts';
export type { RestrictedGoods } from './rule.ts';
export { type ScreenOrderDeps, screenOrder } from './screen-order.ts';

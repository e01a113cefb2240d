export { decideByOperator } from './decide-by-operator.ts';
export { decisionProblem } from './decision-problem.ts';
export { createRestrictedGoods } from './find-restricted-goods.ts';
export { screenOrder } from './screen-order.ts';

export { decideOnRequest } from './decide-by-operator.ts';
export { decisionProblem } from './decision-problem.ts';
export { createRestrictedGoods } from './find-restricted-goods.ts';
export { screenOrder } from './screen-order.ts';
export { type UnchangedRequests, unchangedBefore } from './unchanged-requests.ts';

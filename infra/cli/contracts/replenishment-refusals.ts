import type { FunctionId } from '../../../events/triggers.ts';
import { keyReused, notFound, type Problem } from '../../../shared/kernel/problem.ts';
import { explainProblem } from '../../../shared/replenishment/explain/explain-problem.ts';
import type { ActRefusal } from '../../../shared/replenishment/purchasing/act-on-order.ts';
import { orderProblem, placingProblem } from '../../../shared/replenishment/purchasing/order-problem.ts';

const stepRefusals: {
  readonly [Reason in ActRefusal['reason']]: ActRefusal & { readonly reason: Reason };
} = {
  'order-unknown': { reason: 'order-unknown' },
  'key-reused': { reason: 'key-reused' },
  'illegal-move': { reason: 'illegal-move', from: 'proposed', asked: 'ship' },
  'no-supplier': { reason: 'no-supplier' },
  'being-sent': { reason: 'being-sent' },
  'notice-known': { reason: 'notice-known' },
  'notice-unknown': { reason: 'notice-unknown' },
  'already-counted': { reason: 'already-counted' },
  'not-ordered': { reason: 'not-ordered', index: 0 },
  'not-noticed': { reason: 'not-noticed', index: 0 },
  twice: { reason: 'twice', index: 1 },
  'more-than-open': { reason: 'more-than-open', index: 0, most: 40 },
  'more-than-ordered': { reason: 'more-than-ordered', index: 0, most: 40 },
  'nothing-left': { reason: 'nothing-left' },
  'line-missing': { reason: 'line-missing', sku: 'MUG-CERAMIC-350' },
  'does-not-add-up': { reason: 'does-not-add-up', index: 0, noticed: 40 },
  'more-rejected-than-damaged': { reason: 'more-rejected-than-damaged', index: 0 },
  'not-enough-stock': {
    reason: 'not-enough-stock',
    places: [{ sku: 'MUG-CERAMIC-350', warehouseId: 'cn-shenzhen' }],
  },
};

const step = (...reasons: (keyof typeof stepRefusals)[]) =>
  (['order-unknown', 'key-reused', 'illegal-move', ...reasons] as const).map((reason) =>
    orderProblem(stepRefusals[reason]),
  );

/** The refusals of the routes of replenishment. */
export const replenishmentRefusals: Partial<Record<FunctionId, readonly Problem[]>> = {
  'replenishment/get-supplier': [notFound('supplier')],
  'replenishment/post-slotting': [notFound('warehouse')],
  'replenishment/get-slotting': [notFound('description of storage zones')],
  'replenishment/get-run': [notFound('run')],
  'replenishment/get-run-skus': [notFound('run'), notFound('plan: the files of a run are kept for 90 days')],
  'replenishment/get-sku': [explainProblem('no-run'), explainProblem('not-in-run')],
  'replenishment/get-replenishment-order': [notFound('replenishment order')],
  'replenishment/post-replenishment-order': [
    placingProblem([{ outcome: 'covered', by: ['rpl_01KAXB3J5K0000000000000000'] }]) ?? notFound('order'),
    keyReused,
  ],
  'replenishment/post-approval': step(),
  'replenishment/post-order-decision': step('being-sent'),
  'replenishment/post-supplier-call': step(
    ...(['notice-known', 'not-ordered', 'twice', 'more-than-open', 'more-than-ordered'] as const),
    'nothing-left',
  ),
  'replenishment/post-notice': step(
    ...(['notice-known', 'not-ordered', 'twice', 'more-than-open', 'not-enough-stock'] as const),
  ),
  'replenishment/post-receipt': step(
    ...(['notice-unknown', 'already-counted', 'not-noticed', 'line-missing', 'does-not-add-up'] as const),
    'more-rejected-than-damaged',
  ),
};

import { unreachable } from '../../kernel/invariant.ts';
import { type FieldProblem, invalid, keyReused, notFound, type Problem } from '../../kernel/problem.ts';
import type { ActRefusal } from './act-on-order.ts';
import type { ProposalRefusal } from './check-proposals.ts';
import type { ProposalOutcome } from './place-proposals.ts';

const conflict = (code: string, title: string, detail: string): Problem => ({
  ...{ status: 409, code, title, detail },
});

const line = (index: number, field: string, code: string, detail: string): Problem =>
  invalid([{ pointer: `/lines/${index}${field}`, code, detail }]);

/** The answer to a step that an order does not allow. */
export function orderProblem(refusal: ActRefusal): Problem {
  switch (refusal.reason) {
    case 'order-unknown':
      return notFound('replenishment order');
    case 'key-reused':
      return keyReused;
    case 'illegal-move':
      return conflict(
        'illegal-move',
        'Not now',
        `The order is ${refusal.from}: ${refusal.asked} is not possible. mayBe of the order lists what is.`,
      );
    case 'no-supplier':
      return conflict('no-supplier', 'No supplier', 'A transfer order is not sent to a supplier.');
    case 'being-sent':
      return conflict(
        'being-sent',
        'Being sent',
        'The order is on its way to the supplier at this moment. Cancel it in a minute.',
      );
    case 'notice-known':
      return invalid([
        { pointer: '/noticeId', code: 'notice-known', detail: 'the order has a notice of that number' },
      ]);
    case 'notice-unknown':
      return invalid([
        { pointer: '/noticeId', code: 'notice-unknown', detail: 'the order has no notice of that number' },
      ]);
    case 'already-counted':
      return conflict('already-counted', 'Already counted', 'The delivery was counted before.');
    case 'not-ordered':
      return line(refusal.index, '/sku', 'not-ordered', 'the order has no such product');
    case 'not-noticed':
      return line(refusal.index, '/sku', 'not-noticed', 'the notice has no such product');
    case 'twice':
      return line(refusal.index, '/sku', 'twice', 'the product is there twice');
    case 'more-than-open':
      return line(refusal.index, '/units', 'more-than-open', `at most ${refusal.most} units are open`);
    case 'more-than-ordered':
      return line(refusal.index, '/quantity', 'more-than-ordered', `at most ${refusal.most} were ordered`);
    case 'nothing-left':
      return invalid([
        {
          pointer: '/lines',
          code: 'nothing-left',
          detail: 'nothing of the order is left: refuse it with RE',
        },
      ]);
    case 'does-not-add-up':
      return line(
        refusal.index,
        '',
        'does-not-add-up',
        `received + short + damaged is ${refusal.noticed}, as the notice says`,
      );
    case 'more-rejected-than-damaged':
      return line(refusal.index, '/rejected', 'too-many', 'at most as many as are damaged');
    case 'line-missing':
      return invalid([
        { pointer: '/lines', code: 'line-missing', detail: `the notice has ${refusal.sku} too` },
      ]);
    case 'not-enough-stock':
      return conflict(
        'not-enough-stock',
        'Not enough stock',
        `Too few available units: ${refusal.places.map(({ sku, warehouseId }) => `${sku} at ${warehouseId}`).join(', ')}.`,
      );
    default:
      return unreachable(refusal, 'every refusal has an answer');
  }
}

const refusedProposal: Readonly<
  Record<ProposalRefusal, { readonly field: string; readonly detail: string }>
> = {
  'unknown-supplier': { field: '/supplierId', detail: 'there is no such supplier' },
  'supplier-down': { field: '/supplierId', detail: 'the supplier is down' },
  'supplier-retired': { field: '/supplierId', detail: 'the supplier is retired' },
  certificate: { field: '/supplierId', detail: 'a certificate that it needs is missing or has expired' },
  'not-offered': { field: '/sku', detail: 'the supplier does not sell it' },
  'unorderable-quantity': {
    field: '/units',
    detail: 'whole cartons, and at least the minimum of the supplier',
  },
  'need-key': { field: '/inAdditionTo', detail: 'ids of replenishment orders' },
  'other-currency': { field: '/sku', detail: 'its price is in another currency: order it on its own' },
  'same-warehouse': { field: '/fromWarehouseId', detail: 'a transfer comes from another warehouse' },
};

/** Fields of the whole order; the others are of a line. */
const OF_ORDER = new Set(['/supplierId', '/fromWarehouseId']);

/** What is wrong with an order that a person proposes; undefined where all lines were placed. */
export function placingProblem(outcomes: readonly ProposalOutcome[]): Problem | undefined {
  const errors = outcomes.flatMap((outcome, index): FieldProblem[] => {
    if (outcome.outcome === 'placed' || outcome.outcome === 'not-placed') return [];
    if (outcome.outcome === 'covered')
      return [
        {
          pointer: `/lines/${index}/sku`,
          code: 'covered',
          detail: `open orders cover it: ${outcome.by.join(', ')}; name them in inAdditionTo to order more`,
        },
      ];
    const { field, detail } = refusedProposal[outcome.reason];
    const pointer = OF_ORDER.has(field) ? field : `/lines/${index}${field}`;
    return [{ pointer, code: outcome.reason, detail }];
  });
  const unique = [...new Map(errors.map((error) => [error.pointer, error])).values()];
  return unique.length === 0 ? undefined : invalid(unique);
}

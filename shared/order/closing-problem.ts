import { formatMoney } from '../kernel/money.ts';
import type { Problem } from '../kernel/problem.ts';
import type { ClosingRefusal } from './close-parcel.ts';

type Code = ClosingRefusal['reason'];

const CONFLICTS: Readonly<Partial<Record<Code, string>>> = {
  'order-ended': 'The order has ended.',
  'being-stopped': 'The warehouse was asked to stop the order and has not answered yet.',
  'closed-otherwise': 'The parcel was closed before with another decision, which stays.',
  'already-delivered': 'The parcel was delivered.',
  'already-dispatched': 'The parcel has left the warehouse: close it as lost or returned.',
  'not-dispatched':
    'The parcel has not left the warehouse: it can be stopped, and be neither lost nor returned.',
  'at-the-warehouse':
    'A warehouse is working on the parcel: refuse the order, which asks the warehouse to stop, and close it afterwards.',
  'nothing-dispatched': 'No parcel of the order has left: refuse the order, which stops all of it.',
  'order-running':
    'Another parcel of the order is still to be sent, and this refund would leave less than half of its price. Close ' +
    'that parcel too, or refund less.',
};

/** The answer to an operator whose parcel can't be closed. */
export function closingProblem(refusal: ClosingRefusal): Problem {
  const code = refusal.reason;
  if (code === 'parcel-unknown')
    return { status: 404, code, title: 'Not found', detail: 'The order has no such parcel.' };
  const conflict = CONFLICTS[code];
  if (conflict !== undefined) return { status: 409, code, title: 'Parcel not closed', detail: conflict };
  const { pointer, detail } = fieldOf(refusal);
  return { status: 422, code, title: 'Parcel not closed', detail, errors: [{ pointer, code, detail }] };
}

function fieldOf(refusal: ClosingRefusal): { readonly pointer: string; readonly detail: string } {
  switch (refusal.reason) {
    case 'more-than-is-left':
      return {
        pointer: '/refund',
        detail: `A refund is above zero, and at most ${formatMoney(refusal.left)} can be given back.`,
      };
    case 'restock-not-returned':
      return { pointer: '/restock', detail: 'Only a returned parcel brings units back.' };
    case 'restock-unknown':
      return { pointer: `/restock/${refusal.index}/sku`, detail: 'The parcel holds no units of this SKU.' };
    case 'restock-twice':
      return { pointer: `/restock/${refusal.index}/sku`, detail: 'The SKU is named before.' };
    case 'restock-nothing':
      return { pointer: `/restock/${refusal.index}`, detail: 'Leave out a SKU of which no unit came back.' };
    case 'restock-too-many':
      return {
        pointer: `/restock/${refusal.index}`,
        detail: `At most ${refusal.sent} units can come back: as many as the parcel held.`,
      };
    default:
      return { pointer: '/refund', detail: 'The refund is in another currency than the payment.' };
  }
}

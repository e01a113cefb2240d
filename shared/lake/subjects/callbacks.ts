import { defineSubject, text } from '../subject.ts';

/** The calls of partners. */
export const callbacks = defineSubject({
  name: 'callbacks',
  says: 'A verified call of a partner, and what became of it.',
  columns: {
    kind: text('The kind of the partner: payment, carrier, customs or warehouse.'),
    partner: text("The code of the partner's plug-in."),
    callback_id: text("The partner's own id of the call."),
    outcome: text('acted, ignored or kept.'),
    order_id: text('The order that it concerns, if known.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'callback.received') return [];
    const { kind, code, callbackId, outcome, orderId } = record.data;
    return [{ kind, partner: code, callback_id: callbackId, outcome, order_id: orderId }];
  },
});

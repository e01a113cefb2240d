import { factIn } from '../fact-in.ts';
import { defineSubject, text, whole } from '../subject.ts';

/** What happened to the customs declarations. */
export const declarations = defineSubject({
  name: 'declarations',
  says: 'A step of a customs declaration.',
  columns: {
    order_id: text('The order.'),
    parcel_id: text('The parcel.'),
    declaration_id: text('The declaration.'),
    event: text('filed, accepted, released, queried, refused or invalidated.'),
    broker: text('The customs broker; named when it is filed.'),
    data_set: text('The form of the declaration: EU_H7 …; named when it is filed.'),
    authority_code: text("The authority's own code of its answer."),
    reason: text('What a query wants: documents, inspection, detained.'),
    goods_minor: whole('The declared value of the goods; the amounts are named when it is filed.'),
    goods_currency: text('The currency of the declared value.'),
    duty_minor: whole('The declared duty.'),
    duty_currency: text('The currency of the declared duty.'),
    tax_minor: whole('The declared tax.'),
    tax_currency: text('The currency of the declared tax.'),
    fees_minor: whole('The declared fees.'),
    fees_currency: text('The currency of the declared fees.'),
  },
  rowsOf: (record) => {
    const fact = factIn(
      record,
      'declaration.filed',
      'declaration.accepted',
      'declaration.released',
      'declaration.queried',
      'declaration.refused',
      'declaration.invalidated',
    );
    if (fact === undefined) return [];
    const filed = fact.name === 'declaration.filed' ? fact.data : undefined;
    return [
      {
        order_id: fact.orderId,
        parcel_id: fact.data.parcelId,
        declaration_id: fact.data.declarationId,
        event: fact.name.slice('declaration.'.length),
        broker: filed?.broker,
        data_set: filed?.dataSet,
        authority_code: 'authorityCode' in fact.data ? fact.data.authorityCode : undefined,
        reason: fact.name === 'declaration.queried' ? fact.data.reason : undefined,
        goods_minor: filed?.declared.goods.amount,
        goods_currency: filed?.declared.goods.currency,
        duty_minor: filed?.declared.duty.amount,
        duty_currency: filed?.declared.duty.currency,
        tax_minor: filed?.declared.tax.amount,
        tax_currency: filed?.declared.tax.currency,
        fees_minor: filed?.declared.fees.amount,
        fees_currency: filed?.declared.fees.currency,
      },
    ];
  },
});

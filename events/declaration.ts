import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { defineFact } from './envelope.ts';

const declarationId = idSchema('declaration');
const parcelId = idSchema('parcel');

const DeclarationFiled = defineFact({
  name: 'declaration.filed',
  version: 1,
  description: 'The declaration was sent to the broker.',
  data: z.strictObject({
    declarationId,
    parcelId,
    broker: z.string(),
    dataSet: z.string(),
    /** Local reference number: ours, and the broker's key of the declaration. */
    lrn: z.string(),
    declared: z.strictObject({ goods: moneySchema, duty: moneySchema, tax: moneySchema, fees: moneySchema }),
  }),
});

const answer = z.strictObject({
  declarationId,
  parcelId,
  /** The authority's own code, beside our word for it. */
  authorityCode: z.string(),
  /** Movement or master reference number, once the authority has given one. */
  mrn: z.string().optional(),
});

const DeclarationAccepted = defineFact({
  name: 'declaration.accepted',
  version: 1,
  description: 'The authority accepted the declaration and gave it a reference number.',
  data: answer,
});

const DeclarationReleased = defineFact({
  name: 'declaration.released',
  version: 1,
  description: 'The authority released the goods.',
  data: answer,
});

const DeclarationQueried = defineFact({
  name: 'declaration.queried',
  version: 1,
  description: 'The authority wants documents or inspects the goods.',
  data: answer.extend({ reason: z.enum(['documents', 'inspection', 'detained']) }),
});

const DeclarationRefused = defineFact({
  name: 'declaration.refused',
  version: 1,
  description: 'The authority or the broker refused the declaration.',
  data: answer.extend({ reasons: z.array(z.string()) }),
});

const DeclarationInvalidated = defineFact({
  name: 'declaration.invalidated',
  version: 1,
  description: 'The declaration was withdrawn because the goods will not be sent.',
  data: z.strictObject({ declarationId, parcelId }),
});

export const declarationFacts = [
  DeclarationFiled,
  DeclarationAccepted,
  DeclarationReleased,
  DeclarationQueried,
  DeclarationRefused,
  DeclarationInvalidated,
] as const;

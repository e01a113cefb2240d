import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { defineFact } from './envelope.ts';

export const PaymentCaptureFailed = defineFact({
  name: 'payment.capture_failed',
  version: 1,
  description:
    'A capture failed after it was reported: its money does not come. The provider may take it again, which is another capture.',
  data: z.strictObject({
    paymentId: idSchema('payment'),
    /** The provider's reference of the capture. */
    providerReference: z.string(),
    /** What was recorded of the capture and is taken back; zero if another capture had brought its money before. */
    amount: moneySchema,
    /** The provider's reason. */
    code: z.string(),
  }),
});

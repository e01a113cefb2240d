import type * as z from 'zod';
import type { closingRefundSchema, ParcelOutcome, restockSchema } from '../../events/parcel.ts';

/** A person's decision on a parcel that will not be delivered. */
export interface Closing {
  readonly parcelId: string;
  readonly outcome: ParcelOutcome;
  /** The units of a returned parcel that came back. Units that are not named did not come back. */
  readonly restock?: readonly z.infer<typeof restockSchema>[] | undefined;
  readonly refund: z.infer<typeof closingRefundSchema>;
}

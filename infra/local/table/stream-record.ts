/** One change of an item, in the form that Lambda passes to a function. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly ApproximateCreationDateTime: number;
    readonly [name: string]: unknown;
  };
  readonly [name: string]: unknown;
}

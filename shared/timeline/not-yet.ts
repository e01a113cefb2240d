/**
 * Something that has to come first has not come yet: a callback overtook the writing of its reference, or a
 * partner is still at it. Thrown so that the queue delivers the message again; after its bounded receive
 * count the message is parked with an alarm, and the polling of late work repairs the order.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

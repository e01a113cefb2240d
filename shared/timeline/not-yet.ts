/**
 * Something that must come first has not happened yet: a callback arrived before its reference was written, or a
 * partner is still working. The error makes the queue deliver the message again. After its bounded receive count the
 * message is parked with an alarm, and the polling of late work repairs the order.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

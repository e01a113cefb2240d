// The timeline knows facts and how to load, decide and append. Fourteen files are about attention, intents,
// disputes, parcels, lines and tax. They stand here because several stages read them and no stage may import another:
//   attention    every stage raises and settles reasons for a person, lists and the order show them
//   intents      payment moves between them, the order waits for those that were left, the ledger books their money
//   instalments  payment charges them, the order waits for them, the ledger books what refunds lower
//   give-back    payment and order give money back: instalments are lowered first
//   disputes     payment answers them, the order waits for their evidence
//   parcel-ends  a person closes a parcel: no stage works on it any more, stock and money are booked
//   pieces       shipping books and scans cartons, the order shows them
//   promise      the order moves and breaks a promise, a delivery keeps it
//   delivery     a scan of shipping or a message of the warehouse can be the one that ends the order
//   cash-collected  the carrier's word of a delivery is its word of the money, the ledger knows a refused parcel by it
//   references   shipping, customs and payment find an order by a partner's own number
//   refunded-lines, as-charged  payment refunds units of lines, the ledger books them, the order shows them
//   tax-entry    the ledger writes them with the facts, reports sum them
export { type ActOnOrder, actOnOrder, loadOrder, UnknownOrder } from './act-on-order.ts';
export { asCharged } from './as-charged.ts';
export {
  type Attention,
  type AttentionKey,
  attentionOf,
  attentionSchema,
  isSameReason,
  keyOf,
  reasonState,
} from './attention.ts';
export {
  CAPTURE_FAILED,
  DESCRIBING,
  EARLIER_INTENT,
  ERASURE,
  EVIDENCE,
  INTENT_DISPUTED,
  REFUND_STUCK,
  REFUNDED_AFTER_FAILURE,
  RELEASE_OF_REST,
} from './attention-reasons.ts';
export {
  captureAt,
  capturesDue,
  type DueCapture,
  isCaptured,
  restToRelease,
  waived,
} from './captures-due.ts';
export { isRefusedCash, toCollect } from './cash-collected.ts';
export type {
  Consequences,
  DueMove,
  Journal,
  OrderHead,
  PartnerName,
  Posting,
  Project,
  Reference,
  StockMove,
} from './consequences.ts';
export { type Decision, decideAndReport, nothing } from './decide-and-report.ts';
export { deliveriesDue } from './delivery.ts';
export {
  type DisputeState,
  disputesOf,
  evidenceStepAt,
  type FactAboutEvidence,
  isAboutEvidence,
} from './disputes.ts';
export { forEachInTurn, inBatches } from './each.ts';
export { givenBack } from './give-back.ts';
export { activeHold, holdNamed, holdOnce, isHeld } from './hold.ts';
export {
  captureIdOf,
  type InstalmentState,
  instalmentsOf,
  lowerable,
  loweredSoFar,
  nextInstalment,
  planOf,
  retryAt,
} from './instalments.ts';
export {
  type CaptureAt,
  currentIntent,
  type EarlierIntent,
  type FactAboutIntents,
  type Intent,
  intentNamed,
  intentsOf,
  isAboutIntents,
  isUnsettled,
  NO_ANSWER,
  reservationOf,
  toPayBack,
} from './intents.ts';
export { mostToReturn } from './most-to-return.ts';
export { NotYet } from './not-yet.ts';
export { earlierRequest, type OperatorRequest, operatorRequest } from './operator-request.ts';
export type { OrderDetails, OrderDetailsReader } from './order-details.ts';
export { blockerOf, isReleasedSince, orderStateOf, wasFree } from './order-state.ts';
export {
  closedParcels,
  isAtWarehouse,
  moneyOf,
  orderEndDue,
  parcelsThatLeft,
  parcelsToGo,
  priceOf,
  STOP_REFUND,
} from './parcel-ends.ts';
export {
  type CallIdentity,
  CallKnown,
  type KeptCall,
  type PartnerCall,
} from './partner-call.ts';
export {
  type Piece,
  pieceDeliveredAt,
  pieceStatus,
  piecesOf,
  statusOfPieces,
  trackedPieces,
  withScan,
} from './pieces.ts';
export { promiseAfterWait, promisedByOf, promisesBroken, runningPromises } from './promise.ts';
export { type ReferenceReader, referencesOf } from './references.ts';
export { linesAskedFor, linesPaidBack, minorOfLine, placesBack, takePlaces } from './refunded-lines.ts';
export { standingCaptures } from './standing-captures.ts';
export { type TaxEntry, type TaxedAmount, type TaxScheme, taxEntrySchema, taxSchemes } from './tax-entry.ts';
export {
  type Decided,
  factsNamed,
  lastNamed,
  type PlannedParcel,
  placedFact,
  plannedParcels,
  type Timeline,
  type TimelineStore,
} from './timeline.ts';
export { timelinesOfCall } from './timelines-of-call.ts';
export { leftOf } from './withdrawn.ts';

import { CallKnown, deliveryOf, type KeptCall, type PartnerCall } from './partner-call.ts';
import type { Timeline, TimelineStore } from './timeline.ts';

/**
 * Timelines for one delivery of a call. The first facts that follow from the call are appended with it, so that call
 * and facts are kept together or not at all. A timeline whose facts name another delivery of the call throws
 * {@link CallKnown}. Two deliveries at the same time want the same number of the timeline: one of them is refused,
 * reads again, and finds the other.
 */
export function timelinesOfCall(timelines: TimelineStore, call: PartnerCall) {
  let isKept = false;
  let loaded: Timeline | undefined;
  const known = (calls: readonly KeptCall[] | undefined): boolean => {
    const deliveryId = deliveryOf(calls, call);
    if (deliveryId !== undefined && deliveryId !== call.deliveryId)
      throw new CallKnown(`call ${call.callbackId} of ${call.code} came before`);
    isKept ||= deliveryId !== undefined;
    return deliveryId !== undefined;
  };
  const ofCall: TimelineStore = {
    async load(orderId, options) {
      const timeline = await timelines.load(orderId, options);
      loaded = timeline ?? loaded;
      if (timeline !== undefined) known(timeline.calls);
      return timeline;
    },
    async append(append) {
      if (isKept || known(append.timeline.calls)) return timelines.append(append);
      const after = await timelines.append({ ...append, call });
      isKept = after !== undefined;
      return after;
    },
  };
  return {
    timelines: ofCall,
    isKept: () => isKept,
    /** The timeline that the call concerns, as it was loaded last; undefined where it led to none. */
    concerned: () => loaded,
  };
}

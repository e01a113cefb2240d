import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newHexId } from '../../../../../infra/sandbox/random.ts';
import type { EasyPostEvent, EasyPostTracker } from './wire.ts';

/** Sends the webhook of a tracker. Whole-number weights are written with `.0`, as EasyPost writes them. */
export function sendTrackerEvent(
  sandbox: Sandbox,
  description: EasyPostEvent['description'],
  tracker: EasyPostTracker,
  reference: string,
): void {
  const at = new Date(sandbox.now()).toISOString();
  const event: EasyPostEvent = {
    id: newHexId('evt'),
    object: 'Event',
    mode: 'test',
    description,
    previous_attributes: {},
    pending_urls: [],
    completed_urls: [],
    status: 'pending',
    user_id: 'user_sandbox',
    result: tracker,
    created_at: at,
    updated_at: at,
  };
  sandbox.store.put('easypost.event', event.id, event);
  const body = JSON.stringify(event).replace(/("weight":)(\d+)(?=[,}])/g, '$1$2.0');
  sandbox.sendHook({ eventId: event.id, type: description, reference, body });
}

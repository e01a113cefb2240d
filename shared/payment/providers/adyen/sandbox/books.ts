import { randomInt } from 'node:crypto';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { AdyenRefusal } from './refusal.ts';
import type { Dispute, Item, Link, Modification, Payment } from './wire.ts';

/** The merchant account of the sandbox. */
export const ACCOUNT = 'SandboxECOM';

const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTVWXZ';

/** A reference as Adyen makes them: 16 capital letters and digits. */
export const newPspReference = (): string =>
  Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** Adyen's objects in the store, and its webhooks. */
export class AdyenBooks {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  /** A link as it is now: an open one ends by itself. */
  link(id: string): Link {
    const link = this.sandbox.store.get<Link>('adyen.link', id);
    if (link === undefined) throw new AdyenRefusal(422, '702', 'Invalid payment link');
    const isOver = link.status === 'active' && Date.parse(link.expiresAt) <= this.sandbox.now();
    return isOver ? this.saveLink({ ...link, status: 'expired' }) : link;
  }

  saveLink(link: Link): Link {
    this.sandbox.store.put('adyen.link', link.id, link, link.reference);
    return link;
  }

  payment(pspReference: string): Payment {
    const payment = this.sandbox.store.get<Payment>('adyen.payment', pspReference);
    if (payment === undefined)
      throw new AdyenRefusal(422, '167', 'Original pspReference required for this operation');
    return payment;
  }

  paymentOfReference(reference: string): Payment | undefined {
    return this.sandbox.store.withReference<Payment>('adyen.payment', reference)[0];
  }

  savePayment(payment: Payment): Payment {
    this.sandbox.store.put('adyen.payment', payment.pspReference, payment, payment.reference);
    return payment;
  }

  saveModification(modification: Modification): void {
    const { pspReference, payment } = modification;
    this.sandbox.store.put('adyen.modification', pspReference, modification, payment);
  }

  modification(pspReference: string): Modification | undefined {
    return this.sandbox.store.get<Modification>('adyen.modification', pspReference);
  }

  dispute(pspReference: string): Dispute | undefined {
    return this.sandbox.store.get<Dispute>('adyen.dispute', pspReference);
  }

  saveDispute(dispute: Dispute): void {
    this.sandbox.store.put('adyen.dispute', dispute.pspReference, dispute, dispute.payment);
  }

  /** Sends an item. Faults are compared with the reference of the payment that it is about. */
  notify(item: Item, about: string): void {
    const { eventCode, success, pspReference } = item;
    const body = {
      live: 'false',
      notificationItems: [
        {
          NotificationRequestItem: {
            ...item,
            additionalData: item.additionalData ?? {},
            eventDate: `${new Date(this.sandbox.now()).toISOString().slice(0, 19)}+00:00`,
            merchantAccountCode: ACCOUNT,
          },
        },
      ],
    };
    this.sandbox.sendHook({
      eventId: `${pspReference}:${eventCode}:${success}`,
      type: eventCode,
      reference: about,
      body: JSON.stringify(body),
    });
  }
}

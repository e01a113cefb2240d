import type { Instant } from '../../../kernel/time.ts';
import type { Send } from '../../../partners/send.ts';
import type { Supplier } from '../supplier.ts';
import type { OrderDocument } from './order-document.ts';

/** The tools that a way of sending is handed. */
export interface SendingTools {
  readonly send: Send;
  /** Stores a file in the bucket; the same key again replaces it. */
  readonly writeFile: (key: string, text: string) => Promise<void>;
  /** The secret of the supplier, in the form of Standard Webhooks. */
  readonly signingSecret: string;
  readonly now: Instant;
}

/** How an order reaches its supplier. */
export interface SendingWay {
  readonly way: Supplier['sending']['way'];
  /**
   * Hands the document over, and gives the key of the file if it became one. It may be repeated with the same document.
   * Throws PartnerUnavailable or PartnerRefused where the supplier did not take it.
   */
  send(document: OrderDocument, supplier: Supplier, tools: SendingTools): Promise<{ readonly key?: string }>;
}

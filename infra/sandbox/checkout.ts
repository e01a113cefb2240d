/** A card that the sandbox of a payment provider accepts, declines or disputes. */
export interface TestCard {
  readonly number: string;
  /** The name by which a program pays with this card. */
  readonly id: string;
  /** What happens when a payment is confirmed with it. */
  readonly effect: string;
}

/**
 * How shoppers pay at a sandbox payment provider. The sample shop, its page and the replay use it in the place of the
 * provider's browser library. `url` is the address of the provider's server, and `clientSecret` is
 * `payment.nextAction.clientSecret` of the answer to a placed order.
 */
export interface PartnerCheckout {
  readonly testCards: readonly TestCard[];
  /** The `id` of a test card that is declined. */
  readonly declinedCard: string;
  /** Pays with the test card of this `id`, or with one that is accepted. Throws an Error if it is not accepted. */
  readonly pay: (url: string, clientSecret: string, cardId?: string) => Promise<void>;
  /** A command for a POSIX shell that pays. The client secret is in the variable SECRET. */
  readonly payCommand: (url: string) => string;
  /**
   * The script that the page of the sample shop imports for a payment whose next action is `confirm`, in the place of
   * the provider's browser library. It exports `needsCard`, `confirmPayment`, `readReturn` and `PaymentRefused`, as that
   * of another provider does.
   */
  readonly pageScript: URL;
  /** For the documentation of the API, in Markdown: how an order is paid, and how it is paid in the sandbox. */
  readonly documentation: string;
}

/** The checkout of a payment provider whose sandbox runs at `url`. */
export interface Checkout extends Pick<PartnerCheckout, 'testCards' | 'declinedCard' | 'pageScript'> {
  readonly url: string;
  readonly pay: (clientSecret: string, cardId?: string) => Promise<void>;
  readonly payCommand: string;
}

/** Something that was not taken where it was sent. */
export interface Refusal {
  /** Its place among those that were sent. */
  readonly index: number;
  readonly reason: string;
  /** Whether it is itself the reason, so that it would be refused again. Otherwise the receiver was out of order. */
  readonly isFinal: boolean;
}

/** Where events or messages go. */
export interface Outlet<Sent> {
  /** Sends all of them. Gives those that were not taken, none if all were. Never rejects. */
  put(sent: readonly Sent[]): Promise<Refusal[]>;
}

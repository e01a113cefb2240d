/**
 * Something that a person should know and that stops no order. Each notice becomes one coded log line, and the codes
 * that need a person raise an alarm. `detail` holds ids and codes, never personal data.
 */
export interface Notice {
  readonly code: /** A partner used a word that is in none of our tables: kept raw, not guessed. */
    | 'partner-word-unrecognised'
    /** A genuine callback names an order that we do not have. */
    | 'callback-without-order'
    /** The provider's figure is not the one we asked for. */
    | 'amount-differs'
    /** A carrier or broker refused, and a repeat cannot help. The order is held for a person. */
    | 'partner-refused';
  readonly detail: Readonly<Record<string, string | number>>;
}

export type Report = (notice: Notice) => void;

/**
 * The answers of the authorities, in the authorities' own codes.
 *
 * GB: function codes of the Customs Declaration Service's notifications (HMRC, CDS: DMSACC, DMSREJ ...).
 * EU: message numbers of the national import systems. Belgium's IDMS-H7 publishes 416, 428, 429 and 451; the other
 *     numbers come from the same common list of messages.
 * WCO: all other countries. The broker passes on their answers in its own words.
 * US: disposition codes of CBP's Automated Interface Requirements, appendix "Disposition Codes" (1A, 1B, 1C, 1H, 1I), and
 *     SX for the answer to the filing itself. CATAIR reports acceptance and rejection inside the SX record. This broker
 *     uses its own short forms for that: SX-A (accepted), SX-R (rejected) and SX-D (deleted).
 */
export interface AuthorityWord {
  readonly code: string;
  readonly name: string;
}

/** What can happen to a declaration, in our own words, and the authority's word for it. */
export type AuthorityStep =
  | 'registered'
  | 'accepted'
  | 'documents'
  | 'inspection'
  | 'detained'
  | 'released'
  | 'cleared'
  | 'rejected'
  | 'invalidated';

export const authorityWords: Record<
  'EU' | 'GB' | 'US' | 'WCO',
  Partial<Record<AuthorityStep, AuthorityWord>>
> = {
  GB: {
    registered: { code: '02', name: 'DMSRCV' },
    accepted: { code: '01', name: 'DMSACC' },
    rejected: { code: '03', name: 'DMSREJ' },
    inspection: { code: '05', name: 'DMSCTL' },
    documents: { code: '06', name: 'DMSDOC' },
    released: { code: '08', name: 'DMSROG' },
    cleared: { code: '09', name: 'DMSCLE' },
    invalidated: { code: '10', name: 'DMSINV' },
    detained: { code: '52', name: 'DMSDET' },
  },
  EU: {
    registered: { code: 'IM426', name: 'Declaration registered' },
    accepted: { code: 'IM428', name: 'Declaration accepted' },
    rejected: { code: 'IM416', name: 'Declaration rejected' },
    // Both kinds of control use this message. `reasons[0].code` is 10 for a documentary and 40 for a physical control.
    documents: { code: 'IM460', name: 'Control decision' },
    inspection: { code: 'IM460', name: 'Control decision' },
    detained: { code: 'IM451', name: 'Goods not released' },
    released: { code: 'IM429', name: 'Release for import' },
    invalidated: { code: 'IM410', name: 'Declaration invalidated' },
  },
  WCO: {
    registered: { code: 'REGISTERED', name: 'Declaration registered' },
    accepted: { code: 'ACCEPTED', name: 'Declaration accepted' },
    rejected: { code: 'REJECTED', name: 'Declaration rejected' },
    documents: { code: 'DOCUMENTS', name: 'Documents requested' },
    inspection: { code: 'INSPECTION', name: 'Selected for inspection' },
    detained: { code: 'DETAINED', name: 'Goods detained' },
    released: { code: 'RELEASED', name: 'Goods released' },
    invalidated: { code: 'INVALIDATED', name: 'Declaration invalidated' },
  },
  US: {
    accepted: { code: 'SX-A', name: 'Cargo release data accepted' },
    rejected: { code: 'SX-R', name: 'Cargo release data rejected' },
    inspection: { code: '1A', name: 'Entered: intensive examination required' },
    documents: { code: '1H', name: 'CBP hold placed at port of discharge' },
    detained: { code: '1H', name: 'CBP hold placed at port of discharge' },
    released: { code: '1C', name: 'Entered and released: general examination' },
    invalidated: { code: 'SX-D', name: 'Cargo release data deleted' },
  },
};

/** CBP uses this code for a release after an intensive examination. */
export const usReleasedAfterExamination: AuthorityWord = {
  code: '1B',
  name: 'Released: intensive examination completed',
};

/** Reasons sent with an answer. Each has the authority's published code, or the broker's word if there is no code. */
export const authorityReasons: Record<
  'documents' | 'inspection' | 'detained' | 'rejected',
  { code: string; text: string }
> = {
  documents: { code: '10', text: 'Documentary control: send the commercial invoice and proof of payment' },
  inspection: { code: '40', text: 'Physical control of the goods' },
  detained: { code: 'DETAINED', text: 'The goods are detained pending a decision' },
  rejected: { code: 'GOODS', text: 'The goods may not be declared under this data set' },
};

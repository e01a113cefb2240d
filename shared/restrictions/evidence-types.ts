import { documentTitles, type StoredDocumentType } from './document.ts';
import { type EprStream, eprStreams } from './registrations.ts';

/** Evidence that is not a stored document: it is read from the product's own fields or the seller's registrations. */
const statementTitles = {
  'responsible-person-eu': 'responsible person in the EU: name, postal and electronic address',
  'responsible-person-gb': 'responsible person in Great Britain: name, postal and electronic address',
  'product-identifiers':
    "product identifiers: the maker's number (NS-PID), and a GTIN (S-PID) or the statement that there is none",
  'battery-rating': 'rating of the batteries: watt-hours, or grams of lithium',
  'species-statement': 'statement whether animals or plants of a CITES species are in it',
} as const;

type StatementType = keyof typeof statementTitles;

/** The evidence that satisfies a restriction. */
export type EvidenceType = StoredDocumentType | StatementType | `epr-${EprStream}`;

/** Names for the person who must supply the evidence. */
export const evidenceTitles = {
  ...documentTitles,
  ...statementTitles,
  ...Object.fromEntries(eprStreams.map((stream) => [`epr-${stream}`, `EPR number for ${stream}`])),
} as Readonly<Record<EvidenceType, string>>;

export const evidenceTypes = Object.keys(evidenceTitles) as [EvidenceType, ...EvidenceType[]];

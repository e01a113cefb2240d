import { lookUp } from '../../../kernel/look-up.ts';
import type { DeclarationAnswer } from '../../broker.ts';
import type { WireMessage } from './wire.ts';

type Word = DeclarationAnswer['status'];

/**
 * Translates each authority's codes into our words. GB: the function codes in notifications of the Customs Declaration
 * Service. EU: the common list of messages of the national import systems. US: the disposition codes of cargo release
 * (CBP, Automated Commercial Environment). For the answers to the filing itself, the broker uses its own short forms
 * SX-A, SX-R and SX-D.
 */
const authorityWords: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
  GB: {
    '01': 'accepted', // DMSACC
    '02': 'received', // DMSRCV: registered before arrival
    '03': 'refused', // DMSREJ
    '05': 'inspection', // DMSCTL
    '06': 'documents-wanted', // DMSDOC
    '07': 'accepted', // DMSRES: amended
    '08': 'released', // DMSROG
    '09': 'released', // DMSCLE: cleared, after release
    '10': 'invalidated', // DMSINV
    '51': 'documents-wanted', // DMSQRY
    '52': 'detained', // DMSDET
  },
  EU: {
    IM410: 'invalidated',
    IM416: 'refused',
    IM426: 'received',
    IM428: 'accepted',
    IM429: 'released',
    IM451: 'detained', // goods not released
  },
  // For every other authority the broker uses words of its own.
  WCO: {
    REGISTERED: 'received',
    ACCEPTED: 'accepted',
    REJECTED: 'refused',
    DOCUMENTS: 'documents-wanted',
    INSPECTION: 'inspection',
    DETAINED: 'detained',
    RELEASED: 'released',
    INVALIDATED: 'invalidated',
  },
  US: {
    'SX-A': 'accepted',
    'SX-R': 'refused',
    'SX-D': 'invalidated',
    '1A': 'inspection',
    '1B': 'released',
    '1C': 'released',
    '1I': 'accepted', // the hold was removed; the release arrives later as a code of its own
  },
};

/** Codes that stand for several kinds of control. The first reason in the message names the kind. */
const wordsByReason: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
  'EU IM460': { '10': 'documents-wanted', '40': 'inspection' },
  'US 1H': { '10': 'documents-wanted', '40': 'inspection', DETAINED: 'detained' },
};

/** Translates the authority's answer. An unknown code, or an unknown first reason, becomes `unrecognised`. */
export function toAnswer(message: WireMessage): DeclarationAnswer {
  const { authority, code, mrn, reasons } = message;
  const byReason = lookUp(wordsByReason, `${authority} ${code}`);
  const status =
    byReason === undefined
      ? lookUp(lookUp(authorityWords, authority) ?? {}, code)
      : lookUp(byReason, reasons?.[0]?.code ?? '');
  return {
    lrn: message.lrn,
    status: status ?? 'unrecognised',
    authorityCode: `${code} ${message.name}`,
    mrn: mrn ?? undefined,
    occurredAt: message.occurredAt,
    // We keep only the codes, because the authority's free text may name the consignee.
    reasons: (reasons ?? []).map(({ code: reason }) => reason),
  };
}

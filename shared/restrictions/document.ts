import * as z from 'zod';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { calendarDateSchema } from '../kernel/time.ts';

/** Documents of a product that the merchant keeps, with names for the person who must supply them. */
export const documentTitles = {
  'ce-declaration': 'EU declaration of conformity (CE)',
  'ukca-declaration': 'UK declaration of conformity (UKCA)',
  'toy-safety-report': 'toy safety test report (EN 71)',
  'substance-report': 'test report on restricted substances (RoHS, REACH, POP)',
  'red-cybersecurity-report': 'cybersecurity assessment of radio equipment',
  'common-charger-report': 'evidence of charging by USB-C',
  'fibre-label': 'fibre composition label',
  'cpnp-notification': 'CPNP notification number',
  'scpn-notification': 'SCPN notification number',
  'eudr-statement': 'reference of the EUDR due diligence statement',
  'cbam-authorisation': 'CBAM authorisation of the declarant',
  'un383-test-summary': 'UN 38.3 test summary',
  'us-cpc': "US Children's Product Certificate",
  'us-gcc': 'US General Certificate of Conformity',
  'fcc-id': 'FCC ID',
  'fcc-sdoc': "FCC supplier's declaration of conformity",
  'fda-registration': 'FDA registration and product code',
  'fda-prior-notice': 'FDA prior notice',
  'fda-cosmetic-listing': 'FDA cosmetic product listing',
  'fda-device-listing': 'FDA device listing',
  'fda-laser-accession': 'FDA accession number of a laser product report',
  'drop-ball-certificate': 'certificate of impact-resistant lenses',
  'epa-registration': 'EPA registration number',
  'dot-conformity': 'DOT certification',
  'lacey-declaration': 'Lacey Act declaration',
  'fws-declaration': 'declaration of fish or wildlife',
  'phytosanitary-certificate': 'phytosanitary certificate',
  'forced-labour-evidence': 'supply chain evidence against forced labour',
  'biosecurity-permit': 'biosecurity import permit',
  'ised-certificate': 'ISED certificate',
  'cfia-licence': 'Safe Food for Canadians licence',
  'bilingual-label': 'label in English and French',
  'rcm-registration': 'RCM registration',
  'pse-conformity': 'PSE conformity',
  'giteki-certificate': 'Giteki certificate',
  'kc-certificate': 'KC certificate',
  'bis-registration': 'BIS registration',
  'anatel-homologation': 'ANATEL homologation',
  'inmetro-certificate': 'INMETRO certificate',
  'anvisa-authorisation': 'ANVISA authorisation',
  'enacom-homologation': 'ENACOM homologation',
  'nom-certificate': 'NOM certificate',
  'cofepris-authorisation': 'COFEPRIS authorisation',
  'invima-registration': 'INVIMA registration',
  'retie-certificate': 'RETIE certificate',
  'sec-certificate': 'SEC certificate',
  'saber-certificate': 'SABER certificate of conformity',
  'cst-approval': 'CST type approval',
  'tdra-approval': 'TDRA type approval',
  'cites-export-permit': 'CITES export permit',
  'cites-import-permit': 'CITES import permit',
  'export-licence': 'export licence',
  'brand-authorisation': "the right holder's authorisation",
} as const;

export type StoredDocumentType = keyof typeof documentTitles;
const storedDocumentTypes = Object.keys(documentTitles) as [StoredDocumentType, ...StoredDocumentType[]];

const words = z.string().trim().min(2).max(200);
const place = z.strictObject({ country: givenCountrySchema, place: words });

/** The data of a certificate that are filed at entry into the United States (16 CFR 1110.11 and 1110.13). */
const certificateDataSchema = z
  .strictObject({
    /** GTIN, model or serial number, or another number that names the finished product. */
    productId: z.string().trim().min(1).max(64),
    /** Each consumer product safety rule that the product is certified to: `16 CFR 1250`. */
    rulesCited: z.array(z.string().trim().min(5).max(80)).min(1).max(40),
    /** At least the month. */
    manufacturedOn: z.union([
      calendarDateSchema,
      z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a date or a month'),
    ]),
    manufacturedAt: place,
    testedOn: calendarDateSchema,
    testedAt: place,
    /** Name of the laboratory, or its number with the CPSC. */
    laboratory: words,
    /** The person who keeps the test records. */
    recordsContact: z.strictObject({
      name: words,
      postalAddress: z.string().trim().min(5).max(300),
      email: z.email(),
      phone: z
        .string()
        .regex(/^\+?[0-9][0-9 ()-]{4,23}$/, 'a telephone number')
        .optional(),
    }),
  })
  .meta({ id: 'CertificateData' });

/** Grantee code of three characters, or of five that begin with a digit, then the product code. */
const FCC_ID = /^([A-Z][A-Z0-9]{2}|[2-9][A-Z0-9]{4})-?[A-Z0-9-]{1,14}$/;

/** A document of a product. Without a last day it is valid until it is removed. */
export const productDocumentSchema = z
  .strictObject({
    type: z.enum(storedDocumentTypes),
    /** The document's number. */
    reference: z.string().trim().min(1).max(80),
    issuer: z.string().trim().min(2).max(120).optional(),
    /** Only for these destinations; if absent, wherever documents of its kind count. */
    countries: z.array(givenCountrySchema).min(1).max(60).optional(),
    validFrom: calendarDateSchema.optional(),
    /** The last day on which it is valid. */
    validUntil: calendarDateSchema.optional(),
    /** For a certificate of conformity for the United States: the data that are filed at entry. */
    certificate: certificateDataSchema.optional(),
  })
  .superRefine(({ type, reference, validFrom, validUntil, certificate }, { addIssue }) => {
    if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom)
      addIssue({ code: 'custom', path: ['validUntil'], message: 'not before it begins' });
    if (certificate !== undefined && type !== 'us-cpc' && type !== 'us-gcc')
      addIssue({ code: 'custom', path: ['certificate'], message: 'only of us-cpc and us-gcc' });
    if (type === 'fcc-id' && !FCC_ID.test(reference))
      addIssue({ code: 'custom', path: ['reference'], message: 'grantee code, then up to 14 characters' });
  })
  .meta({ id: 'ProductDocument' });

export type ProductDocument = z.infer<typeof productDocumentSchema>;

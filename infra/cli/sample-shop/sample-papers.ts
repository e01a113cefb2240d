/** A paper in the form of the admin API. */
interface Paper {
  readonly type: string;
  readonly reference: string;
  readonly certificate?: object;
}

/** Made-up documents of the right form by kind of goods. A retailer of such goods usually has these documents. */
const papersByHs: readonly (readonly [prefixes: readonly string[], types: readonly string[]])[] = [
  [
    ['8414', '8415', '8418', '8470', '8471', '8472', '85', '9405', '950450', '9503', '9004', '650610'],
    ['ce-declaration', 'ukca-declaration'],
  ],
  [
    ['8414', '8415', '8418', '8470', '8471', '8472', '85', '9405', '950450'],
    [
      'rcm-registration', 'pse-conformity', 'kc-certificate', 'bis-registration', 'nom-certificate',
      'inmetro-certificate', 'retie-certificate', 'saber-certificate', 'fcc-sdoc',
    ], // biome-ignore format: a list of papers
  ],
  [
    ['9503'],
    ['toy-safety-report', 'bis-registration', 'inmetro-certificate', 'saber-certificate', 'kc-certificate'],
  ],
  [['6111', '6209', '871500'], ['kc-certificate']],
  [['9004'], ['drop-ball-certificate', 'saber-certificate']],
  [
    ['3303', '3304', '3305', '3306', '3307'],
    [
      'cpnp-notification', 'scpn-notification', 'fda-cosmetic-listing', 'cofepris-authorisation',
      'anvisa-authorisation', 'invima-registration',
    ], // biome-ignore format: a list of papers
  ],
  [
    ['44', '46', '940161', '940169', '940360'],
    ['lacey-declaration', 'eudr-statement', 'biosecurity-permit'],
  ],
  [['48', '40'], ['eudr-statement']],
];

const CERTIFIED = ['9503', '6111', '6209', '871500'];
const REGULATED = ['57', '650610', '8712', '9404', '9613', '950699'];

/** The compliance data of a sample product with this subheading. With it, every market accepts the product. */
export function samplePapers(sku: string, hsCode: string) {
  const begins = (prefix: string) => hsCode.startsWith(prefix);
  const types = papersByHs.flatMap(([prefixes, own]) => (prefixes.some(begins) ? own : []));
  const documents: Paper[] = [...new Set(types)].map((type) => ({ type, reference: `SAMPLE-${sku}` }));
  const certificate = CERTIFIED.some(begins) ? 'us-cpc' : REGULATED.some(begins) ? 'us-gcc' : undefined;
  return {
    identifiers: { manufacturer: `MFR-${sku}`, noGtin: true },
    documents: certificate === undefined ? documents : [...documents, certificateOf(certificate, sku)],
  };
}

function certificateOf(type: 'us-cpc' | 'us-gcc', sku: string): Paper {
  return {
    type,
    reference: `SAMPLE-${sku}`,
    certificate: {
      productId: sku,
      rulesCited: [type === 'us-cpc' ? '16 CFR 1250' : '16 CFR 1630'],
      manufacturedOn: '2026-03',
      manufacturedAt: { country: 'CN', place: 'Shantou' },
      testedOn: '2026-04-02',
      testedAt: { country: 'CN', place: 'Shenzhen' },
      laboratory: 'Sample laboratory',
      recordsContact: {
        name: 'Sample Shop quality desk',
        postalAddress: '1 Sample Street, Springfield',
        email: 'quality@example.com',
      },
    },
  };
}

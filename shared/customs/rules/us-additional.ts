import { euMemberStates } from '../../kernel/country.ts';
import type { AdditionalDuty } from './schema.ts';

const list = (codes: string) => codes.split(' ');

/** Books and other informational materials are outside measures under 50 U.S.C. 1702(b), and those after it. */
const INFORMATIONAL = ['4901', '4902', '4903', '4904', '4905', '4911'];

/** Duties that are added to column 1, by date. Section 301 on China hangs on the goods and is in the tariff. */
export const additionalDuties: readonly AdditionalDuty[] = [
  {
    kind: 'additional-duty',
    id: 'us-ieepa-fentanyl-2025-11',
    concerns: 'us ieepa fentanyl',
    validFrom: '2025-11-10',
    validTo: '2026-02-23',
    law: 'EO 14195 as amended, HTSUS 9903.01.24; collection ended after the judgment of 2026-02-20',
    provenance: 'reported',
    code: 'us-ieepa-fentanyl',
    description: 'IEEPA duty on goods of China',
    rates: [{ origins: { only: ['CN', 'HK'] }, rate: '10', netOfColumn1: false }],
    exceptGoods: INFORMATIONAL,
  },
  {
    kind: 'additional-duty',
    id: 'us-ieepa-reciprocal-cn',
    concerns: 'us ieepa reciprocal',
    validFrom: '2025-11-10',
    validTo: '2026-02-23',
    law: 'EO 14257 as amended, HTSUS 9903.01.25; collection ended after the judgment of 2026-02-20',
    provenance: 'published',
    review: 'the exemptions of Annex II are not kept, except informational materials',
    code: 'us-ieepa-reciprocal',
    description: 'IEEPA reciprocal duty',
    rates: [{ origins: { only: ['CN', 'HK'] }, rate: '10', netOfColumn1: false }],
    exceptGoods: INFORMATIONAL,
  },
  {
    kind: 'additional-duty',
    id: 'us-section-122',
    concerns: 'us section 122',
    validFrom: '2026-02-24',
    validTo: '2026-07-23',
    law: 'Proclamation of 2026-02-20 under Section 122 of the Trade Act of 1974, HTSUS 9903.03.01',
    provenance: 'published',
    review: 'the exemptions of U.S. note 2 are not kept, except informational materials',
    code: 'us-section-122',
    description: 'Section 122 duty',
    rates: [{ origins: { except: [] }, rate: '10', netOfColumn1: false }],
    exceptGoods: INFORMATIONAL,
  },
  {
    kind: 'additional-duty',
    id: 'us-section-301-forced-labour',
    concerns: 'us section 301 forced labour',
    validFrom: '2026-07-24',
    law: 'Section 301 of the Trade Act of 1974, HTSUS 9903.05.20-.84 and note 52, FR 2026-15181',
    provenance: 'corroborated',
    review: 'the exemptions of note 52(b) are not kept, except informational materials',
    code: 'us-section-301-forced-labour',
    description: 'Section 301 duty, forced labour',
    // Economies that were not investigated bear none.
    rates: [
      {
        origins: { only: list('CA MX GT SV HN TT EC AR GB JO IN PK BD LK KH MY ID') },
        rate: '10',
        netOfColumn1: false,
      },
      { origins: { only: [...euMemberStates, 'TW'] }, rate: '10', netOfColumn1: true },
      { origins: { only: list('JP KR CH') }, rate: '12.5', netOfColumn1: true },
      {
        origins: {
          only: list(
            'NI CR BS DO CO VE GY PE CL BR UY NO RU KZ TR IQ IL KW SA QA AE OM BH TH VN SG PH CN HK AU NZ MA DZ LY EG NG AO ZA',
          ),
        },
        rate: '12.5',
        netOfColumn1: false,
      },
    ],
    exceptGoods: INFORMATIONAL,
  },
];

import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';

export const brokerHelp: PartnerHelp = {
  title: 'Customs broker',
  about:
    'Files declarations with the authorities: JSON, a Bearer key, `Idempotency-Key`, callbacks signed by Standard Webhooks. It checks the elements of a declaration and repeats the declared sums in its answer.',
  tables: [
    {
      title: 'Words to which the officer reacts',
      text: 'If a goods description contains one of these words, the word decides what happens to the declaration.',
      columns: ['word', 'the officer'],
      rows: [
        ['`inspection`', 'inspects the goods, then releases them'],
        ['`documents`', 'asks for documents and waits for them'],
        ['`refused`', 'refuses the declaration'],
        ['`detained`', 'detains the goods'],
      ],
    },
  ],
  behaviours: [
    { name: 'inspection', effect: 'inspects the goods, then releases them' },
    { name: 'documents', effect: 'asks for documents and waits for them' },
    { name: 'refused', effect: 'refuses the declaration' },
    { name: 'detained', effect: 'detains the goods' },
    { name: 'silent', effect: 'decides but sends no callback, so that only polling shows the decision' },
  ],
};

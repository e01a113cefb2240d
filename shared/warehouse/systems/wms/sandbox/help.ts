import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';

export const warehouseHelp: PartnerHelp = {
  title: 'Warehouse',
  about:
    'Receives dispatch orders, picks and packs the goods, and hands the parcel over to the carrier in about a second: JSON, a Bearer key, `Idempotency-Key`, callbacks signed by Standard Webhooks.',
  tables: [
    {
      title: 'Goods that are short',
      columns: ['SKU', 'what happens'],
      rows: [
        ['every SKU that contains `SHORT`', 'one unit is missing on the shelf when the order is picked'],
      ],
    },
  ],
  behaviours: [
    { name: 'short', effect: 'the last line is one unit short' },
    { name: 'silent', effect: 'works but sends no callback, so that only polling shows the work' },
    { name: 'stalled', effect: 'accepts the order and never works on it' },
  ],
};

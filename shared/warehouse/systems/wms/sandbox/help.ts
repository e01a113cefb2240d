import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';

export const warehouseHelp: PartnerHelp = {
  title: 'Warehouse',
  about:
    'Takes dispatch orders, picks, packs, and hands over to the carrier in about a second: JSON, a Bearer key, `Idempotency-Key`, callbacks signed by Standard Webhooks.',
  tables: [
    {
      title: 'Goods that are short',
      columns: ['SKU', 'what happens'],
      rows: [['any that contains `SHORT`', 'one unit of it is not on its shelf when it is picked']],
    },
  ],
  behaviours: [
    { name: 'short', effect: 'the last line is one unit short' },
    { name: 'silent', effect: 'works and sends no callback: the poll has to find out' },
    { name: 'stalled', effect: 'takes the order and never works on it' },
  ],
};

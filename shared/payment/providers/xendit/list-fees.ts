import type { ListFee } from '../../list-fee.ts';

/** QRIS in Indonesia, with the tax on the fee. Of wallets the pages of Xendit disagree. */
export const listFees: readonly ListFee[] = [
  {
    ...{ methods: ['qris'], sellerIn: ['ID'], countries: ['ID'], percent: '0.7', fixedMinor: { IDR: 0 } },
    ...{ from: '2026-11-30', source: 'docs.xendit.co/fees-and-vat, read 2026-11-30' },
  },
];

import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';

export const easypostHelp: PartnerHelp = {
  title: 'EasyPost',
  about:
    'Carriers through EasyPost, API v2: JSON, the API key as the user name of HTTP Basic, events signed by HMAC. Rates come from a small table by route and weight. Labels are PDF files at `/labels/{id}.pdf`. A parcel that the warehouse has handed over is scanned six times until it is delivered. Cash of `options.cod_amount` is collected with the delivery, and `POST /sandbox/remittances` writes the file by which the carrier remits it.',
  tables: [],
  behaviours: [
    { name: 'refused', effect: 'the carrier refuses the parcel: no label is sold' },
    { name: 'lost', effect: 'the parcel is lost on its way' },
    { name: 'damaged', effect: 'the parcel is damaged' },
    { name: 'returned', effect: 'the parcel goes back to its sender' },
    { name: 'attempt_failed', effect: 'nobody is at home at first' },
    { name: 'held', effect: 'the parcel is held on its way' },
    { name: 'stalled', effect: 'the parcel is never scanned again after its departure' },
  ],
};

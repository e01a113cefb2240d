import type { SendingWay } from '../way.ts';

/** The order as a file in the bucket, under a key of its own: another program or a person takes it from there. */
export const fileWay: SendingWay = {
  way: 'file',
  async send({ messageId, supplierId, xml }, _supplier, { writeFile }) {
    const key = `purchase-orders/${supplierId}/${messageId}.xml`;
    await writeFile(key, xml);
    return { key };
  },
};

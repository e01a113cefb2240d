/**
 * The partners of the sample shop and of the replay, by the codes of their plug-ins. Change a code here to sell with
 * another partner: no other file of the command names one.
 */
export const samplePartners = {
  payment: 'stripe',
  carrier: 'easypost',
  customs: 'broker',
  warehouse: 'wms',
} as const;

export const partnerNames = ['stripe', 'easypost', 'broker', 'warehouse'] as const;
export type PartnerName = (typeof partnerNames)[number];

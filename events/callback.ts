/** The four kinds of partner that call us back. */
export const callbackKinds = ['payment', 'carrier', 'customs', 'warehouse'] as const;
export type CallbackKind = (typeof callbackKinds)[number];

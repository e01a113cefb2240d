/** The classes of a SKU: A to C by value, X to Z by how much the demand varies. */
export const classNames = ['AX', 'AY', 'AZ', 'BX', 'BY', 'BZ', 'CX', 'CY', 'CZ'] as const;

/** Whoever investigates and prosecutes at home: to them the authorities that deal with abroad hand on. */
export const INVESTIGATORS = ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION'] as const;

/** Whoever investigates and prosecutes at home: to them the authorities that deal with abroad hand on. */
export const INVESTIGATORS = ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION'] as const;

/** Whom a central authority has execute what another State asks for formally: a unit may do that too (BVI, [S¶29]), and an office for asset recovery. */
export const EXECUTORS = [...INVESTIGATORS, 'FIU', 'ASSET_RECOVERY_OFFICE', 'COURT'] as const;

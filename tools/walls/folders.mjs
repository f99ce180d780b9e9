/** The source folders that the walls stand between; tests may import anything. */
export const shipped = ['domain', 'policies', 'crypto', 'gateway', 'adapters', 'client', 'console', 'demo', 'testing', 'bench'];

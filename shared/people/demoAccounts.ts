import { roles } from './person.ts';
import type { Role } from './person.ts';

/** The accounts of the simulated county: named by role, with passwords that the sign-in page shows. */
export const demoAccounts = roles.map((role: Role) => ({
  id: `demo-${role}`,
  name: `${role.charAt(0).toUpperCase()}${role.slice(1)}`,
  role,
  password: `${role}-demo`,
}));

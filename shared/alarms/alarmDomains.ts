import { z } from 'zod';

/**
 * The id of an alarm domain. The set is open: each domain of the engine declares its own, and a workstation of another
 * version may know more of them.
 */
export const alarmDomainSchema = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
export type AlarmDomain = z.infer<typeof alarmDomainSchema>;

/** Icons that an alarm domain may choose from; the screen draws each of them. */
export const alarmDomainIcons = ['car', 'bus', 'zap', 'droplet', 'message', 'server', 'wrench', 'alert'] as const;

/** An alarm domain as it is declared. */
export const alarmDomainInfoSchema = z.object({
  id: alarmDomainSchema,
  label: z.string().min(1).max(40),
  icon: z.enum(alarmDomainIcons),
  /** The type of incident that its alarms usually become: a first guess for the form; the person decides. */
  incidentType: z.string(),
});
export type AlarmDomainInfo = z.infer<typeof alarmDomainInfoSchema>;

/** The domain of work for maintenance, which calls no operator and does not count as load. */
export const MAINTENANCE = 'maintenance';

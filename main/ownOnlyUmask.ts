/** With it, whatever a process and its children create is for their own account alone. */
export const OWN_ONLY_UMASK = 0o077;

type Policy = { createHTML: (text: string) => string | null };
type Factory = { createPolicy: (name: 'default', policy: Policy) => unknown };

/**
 * Lets no text become HTML, a script or the address of one, wherever a library tries: the page's content security
 * policy demands a policy for each (Trusted Types), and this is the only one. Libraries empty elements by
 * `innerHTML = ''`.
 */
export function refuseTextAsCode(): void {
  const { trustedTypes } = window as { trustedTypes?: Factory };
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) });
}

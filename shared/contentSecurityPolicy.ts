const directives = [
  "default-src 'none'",
  "script-src 'self'",
  // React and deck.gl set styles on elements; none of them comes from data.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  // See renderer/trustedTypes.ts.
  "require-trusted-types-for 'script'",
  'trusted-types default',
];

/** The Content-Security-Policy header of the page, the same from the shell's own scheme and from the web host. */
export const contentSecurityPolicy = directives.join('; ');

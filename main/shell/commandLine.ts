/** Switches by which another program can drive the application, read its memory or run code in it. */
const DEBUGGING =
  /^--?(?:remote-debugging-(?:port|pipe|address|targets)|remote-allow-origins|inspect(?:-brk|-port|-wait|-publish-uid)?|debug(?:-brk|-port)?|js-flags|load-extension|disable-web-security|host-rules|host-resolver-rules|proxy-server)(?:=|$)/;

/**
 * The first switch of a command line by which another program could take the application over; undefined where there is
 * none. A packaged application that is started with one must end: everything that its person may do could be done by
 * that program.
 */
export const debuggingSwitch = (argv: readonly string[]): string | undefined =>
  argv
    .slice(1)
    .find((argument) => DEBUGGING.test(argument))
    ?.split('=')[0];

/** The switch that lets WebGL be drawn in software. */
export const SOFTWARE_GL = 'enable-unsafe-swiftshader';

type Machine = { platform: NodeJS.Platform; hasRenderNode: boolean; argv: readonly string[] };

/**
 * Whether WebGL has to be drawn in software from the start: on a Linux machine without a graphics device, or where it
 * was asked for. Elsewhere the switch stays away, because a page that has a GPU needs no second, slower way to draw.
 */
export const needsSoftwareGl = ({ platform, hasRenderNode, argv }: Machine): boolean =>
  argv.includes(`--${SOFTWARE_GL}`) || (platform === 'linux' && !hasRenderNode);

/** Whether the features of a GPU process mean that the page cannot draw its map: then it starts again in software. */
export const isWebGlMissing = (webgl: string | undefined): boolean =>
  webgl !== undefined && /^(?:disabled|unavailable)/.test(webgl);

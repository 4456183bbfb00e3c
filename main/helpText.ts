import countyHelp from './help/county.txt?raw';
import engineHelp from './help/engine.txt?raw';
import startHelp from './help/start.txt?raw';

/**
 * What `--help` prints. The texts are files, so that the launcher can print them before anything is installed or built.
 */
export const helpText = (role: string | undefined): string =>
  role === 'engine' ? engineHelp : role === 'county' ? countyHelp : startHelp;

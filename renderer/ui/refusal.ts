import { createContext, useContext } from 'react';

/** Why buttons that command are of no use at present; undefined where they are. */
export const RefusalContext = createContext<string | undefined>(undefined);

export const useRefusal = (): string | undefined => useContext(RefusalContext);

import { useCallback, useState } from 'react';

type Expanded = { expanded: ReadonlySet<string>; onExpand: (key: string, isExpanded: boolean) => void };

/** Which groups of a list are unfolded. */
export function useExpanded(): Expanded {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const onExpand = useCallback((key: string, isExpanded: boolean) => {
    setExpanded((before) => {
      const next = new Set(before);
      if (isExpanded) next.add(key);
      else next.delete(key);
      return next;
    });
  }, []);
  return { expanded, onExpand };
}

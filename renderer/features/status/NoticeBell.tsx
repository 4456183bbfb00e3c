import { Bell } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { ToolbarButton } from '../../ui/ToolbarButton.tsx';
import { ToolbarPopover } from '../../ui/ToolbarPopover.tsx';
import styles from './NoticeBell.module.css';

/**
 * Lists what happened to the system itself, such as a damaged cache that was set aside or a full disk. Absent while
 * there are no notices.
 */
export function NoticeBell(): ReactNode {
  const notices = useStream('notices') ?? [];
  const time = useLocalTime();
  if (notices.length === 0) return null;
  const worst = notices.some(({ level }) => level === 'error')
    ? 'error'
    : notices.some(({ level }) => level === 'warning')
      ? 'warning'
      : 'info';
  return (
    <ToolbarPopover
      label="System notices"
      className={styles['notices']}
      button={
        <ToolbarButton
          className={styles['bell']}
          data-level={worst}
          aria-label={`${notices.length} system ${notices.length === 1 ? 'notice' : 'notices'}`}
        >
          <Bell size={16} aria-hidden />
          {notices.length}
        </ToolbarButton>
      }
    >
      <ul>
        {notices.map((notice) => (
          <li key={notice.id} data-level={notice.level}>
            <span>
              {time.dateTime(notice.atMs)} · {notice.level}
            </span>
            <p>{notice.text}</p>
          </li>
        ))}
      </ul>
    </ToolbarPopover>
  );
}

import { Bell } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from './NoticeBell.module.css';

/**
 * What happened to the system itself: a damaged cache set aside, a full disk. Absent while there is nothing to tell.
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
    <DialogTrigger>
      <Button
        className={styles['bell'] ?? ''}
        data-level={worst}
        aria-label={`${notices.length} system ${notices.length === 1 ? 'notice' : 'notices'}`}
      >
        <Bell size={16} aria-hidden />
        {notices.length}
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="bottom end" offset={8}>
        <Dialog className={styles['dialog'] ?? ''} aria-label="System notices">
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
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

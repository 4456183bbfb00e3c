import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './ErrorBoundary.module.css';

type Props = { name: string; children: ReactNode };
type State = { error: Error | undefined };

/** Keeps an error in one part of the screen from breaking the others, and says what to do. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div className={styles['fault']} role="alert">
        <p className={styles['title']}>{this.props.name} stopped working.</p>
        <p>
          The rest of the screen and the engine go on. Start this part again; if it stops again, reload the window
          (Ctrl+R) and report the text below.
        </p>
        <code>{error.message}</code>
        <Button onPress={() => this.setState({ error: undefined })}>Start it again</Button>
      </div>
    );
  }
}

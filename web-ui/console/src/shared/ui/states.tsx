import {
  Alert,
  AlertActionCloseButton,
  Button,
  ClipboardCopyButton,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  List,
  ListItem,
  Skeleton,
} from '@patternfly/react-core';
import {
  DisconnectedIcon,
  ExclamationCircleIcon,
  FilterIcon,
  LockIcon,
  PlusCircleIcon,
  SearchIcon,
} from '@patternfly/react-icons';
import { useState, type ComponentType, type ReactNode } from 'react';
import { isApiProblem, type Violation } from '~/api/problem';
import { clockTime } from '~/shared/format/time';
import { useLater } from '~/shared/hooks/use-later';

/** Nothing for 200 ms, then the shape of what will come. */
export function Loading({ lines = 6, label = 'Loading' }: { lines?: number; label?: string }) {
  const later = useLater(200);
  return (
    <div className="weft-loading" role="status" aria-busy="true" aria-label={label}>
      {later && Array.from({ length: lines }, (_, line) => <Skeleton key={line} width={`${90 - ((line * 17) % 45)}%`} screenreaderText="" />)}
    </div>
  );
}

export interface EmptyProps {
  title: string;
  children: ReactNode;
  /** The one thing to do now. */
  action?: ReactNode;
  icon?: ComponentType;
}

/** There has never been one: what it is, and the one thing to do. */
export function Empty({ title, children, action, icon = PlusCircleIcon }: EmptyProps) {
  return (
    <EmptyState titleText={title} headingLevel="h2" icon={icon} variant="lg">
      <EmptyStateBody>{children}</EmptyStateBody>
      {action !== undefined && (
        <EmptyStateFooter>
          <EmptyStateActions>{action}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}

/** There are some, none of which matches: the filters, and how to be rid of them. */
export function EmptyByFilter({ filters, onClear }: { filters: readonly string[]; onClear: () => void }) {
  return (
    <EmptyState titleText="Nothing matches" headingLevel="h2" icon={filters.length > 0 ? FilterIcon : SearchIcon} variant="sm">
      <EmptyStateBody>
        {filters.length > 0 ? (
          <>
            No entry matches all of: <strong>{filters.join(' · ')}</strong>
          </>
        ) : (
          'This page of the list no longer has an entry.'
        )}
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="link" onClick={onClear}>
            {filters.length > 0 ? 'Clear all filters' : 'Go to the first page'}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

/** It is not there, or not for this person's eyes: the hub does not tell which. */
export function NotFound({ what, back }: { what: string; back?: ReactNode }) {
  return (
    <EmptyState titleText={`${what} was not found`} headingLevel="h1" icon={SearchIcon} variant="lg">
      <EmptyStateBody>It was deleted, was never there, or belongs to somebody else. The address may also be mistyped.</EmptyStateBody>
      {back !== undefined && (
        <EmptyStateFooter>
          <EmptyStateActions>{back}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}

export function NoPermission({ reason }: { reason: string }) {
  return (
    <EmptyState titleText="No permission" headingLevel="h2" icon={LockIcon} variant="lg">
      <EmptyStateBody>{reason}</EmptyStateBody>
    </EmptyState>
  );
}

/** What to copy for whoever is asked for help. */
export function describeError(error: unknown): string {
  if (!isApiProblem(error)) return error instanceof Error ? error.message : String(error);
  const lines = [error.status === 0 ? error.title : `${error.status} ${error.title}`, error.detail];
  error.violations.forEach((each) => lines.push(`${each.pointer}: ${each.message}`));
  if (error.requestId !== undefined) lines.push(`Request: ${error.requestId}`);
  return lines.filter((line) => line !== '').join('\n');
}

/** A page or part whose data never came. */
export function ErrorState({ error, onRetry, what = 'This' }: { error: unknown; onRetry?: () => void; what?: string }) {
  const problem = isApiProblem(error) ? error : undefined;
  if (problem?.status === 404) return <NotFound what={what} />;
  if (problem?.status === 403) {
    return <NoPermission reason={problem.detail || 'Your roles in this tenant do not allow this. An administrator of the tenant can change them.'} />;
  }
  const offline = problem?.unreachable ?? false;
  return (
    <EmptyState
      titleText={offline ? 'The hub cannot be reached' : (problem?.title ?? 'Something went wrong')}
      headingLevel="h2"
      icon={offline ? DisconnectedIcon : ExclamationCircleIcon}
      status={offline ? 'warning' : 'danger'}
      variant="lg"
    >
      <EmptyStateBody>
        <p>{problem?.detail || (error instanceof Error ? error.message : 'The page failed. Loading it again may help.')}</p>
        {offline && <p>What runs in the clusters goes on as it is. This page asks again by itself.</p>}
        <Violations violations={problem?.violations ?? []} />
        {problem?.requestId !== undefined && <p className="weft-request-id">Request {problem.requestId}</p>}
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          {onRetry !== undefined && (
            <Button variant="primary" onClick={onRetry}>
              Try again
            </Button>
          )}
          <CopyError error={error} />
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

function CopyError({ error }: { error: unknown }) {
  const [copied, setCopied] = useState(false);
  return (
    <ClipboardCopyButton
      id="copy-error"
      textId="copy-error-text"
      variant="plain"
      aria-label="Copy the error"
      exitDelay={copied ? 1500 : 600}
      onTooltipHidden={() => setCopied(false)}
      onClick={() => {
        void navigator.clipboard?.writeText(describeError(error)).then(() => setCopied(true));
      }}
    >
      {copied ? 'Copied' : 'Copy the error'}
    </ClipboardCopyButton>
  );
}

/** Everything that is wrong with what was sent. */
export function Violations({ violations }: { violations: readonly Violation[] }) {
  if (violations.length === 0) return null;
  return (
    <List isPlain className="weft-violations">
      {violations.map((each, index) => (
        <ListItem key={`${each.pointer} ${index}`}>
          {each.pointer !== '' && <code>{each.pointer}</code>} {each.message}
          {each.expected !== undefined && ` (expected: ${each.expected})`}
        </ListItem>
      ))}
    </List>
  );
}

/** A write that failed, above the form that sent it. */
export function WriteError({ error, onClose }: { error: unknown; onClose?: () => void }) {
  if (error === null || error === undefined) return null;
  const problem = isApiProblem(error) ? error : undefined;
  return (
    <Alert
      isInline
      variant={problem?.unreachable ? 'warning' : 'danger'}
      title={problem?.unreachable ? 'Not sent: the hub cannot be reached. Nothing you typed is lost.' : (problem?.title ?? 'This failed')}
      actionClose={onClose === undefined ? undefined : <AlertActionCloseButton onClose={onClose} />}
    >
      <p>{problem?.detail ?? (error instanceof Error ? error.message : String(error))}</p>
      <Violations violations={problem?.violations ?? []} />
      {problem?.requestId !== undefined && <p className="weft-request-id">Request {problem.requestId}</p>}
    </Alert>
  );
}

/** What is shown is old: the newest read failed, or says that the thing is gone. */
export function Stale({ error, at, onRetry, what }: { error: unknown; at: number; onRetry: () => void; what?: string }) {
  const problem = isApiProblem(error) ? error : undefined;
  const since = `Shown as of ${clockTime(new Date(at))}`;
  const gone = what !== undefined && problem?.status === 404;
  return (
    <Alert
      isInline
      isPlain={!gone}
      variant="warning"
      className="weft-stale"
      title={
        gone
          ? `${what} was deleted, or is no longer for you to see. ${since}.`
          : `${since}; it could not be read again: ${problem?.detail || problem?.title || 'no answer'}`
      }
      actionLinks={
        <Button variant="link" isInline onClick={onRetry}>
          Try again
        </Button>
      }
    />
  );
}

/** Some clusters did not answer; what the others said is shown. */
export function PartialBanner({ unanswered, total }: { unanswered: readonly { cluster: string; lastSeen?: string }[]; total: number }) {
  const [open, setOpen] = useState(false);
  if (unanswered.length === 0) return null;
  return (
    <Alert
      isInline
      isPlain
      variant="warning"
      title={`${unanswered.length} of ${total} clusters did not answer; what they last said is shown.`}
      actionLinks={
        <Button variant="link" isInline aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide them' : 'Which?'}
        </Button>
      }
    >
      {open && (
        <List isPlain>
          {unanswered.map((each) => (
            <ListItem key={each.cluster}>
              {each.cluster}: {each.lastSeen === undefined ? 'never seen' : `last seen ${each.lastSeen}`}
            </ListItem>
          ))}
        </List>
      )}
    </Alert>
  );
}

/** Somebody else changed it since it was read. */
export function ConflictBanner({ what, onReview, onReload }: { what: string; onReview?: () => void; onReload: () => void }) {
  return (
    <Alert
      isInline
      variant="warning"
      title={`${what} was changed by somebody else while you were editing it.`}
      actionLinks={
        <>
          {onReview !== undefined && (
            <Button variant="link" isInline onClick={onReview}>
              Compare both with what it was
            </Button>
          )}
          <Button variant="link" isInline onClick={onReload}>
            Drop my changes and show theirs
          </Button>
        </>
      }
    >
      Nothing you typed is lost, and nothing was stored.
    </Alert>
  );
}

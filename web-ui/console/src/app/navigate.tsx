import { useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router';
import { useCallback, type MouseEvent, type ReactNode } from 'react';
import type { PathParams, SearchParams } from './manifest';

/** `/t/{tenant}/{to}?{search}`. */
export function tenantHref(tenant: string, to: string, search: SearchParams = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== '') parameters.set(name, value);
  }
  const path = `/t/${encodeURIComponent(tenant)}/${to}`;
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Parts of a path below the tenant, escaped: `pathTo('clusters', name)`. */
export function pathTo(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

export function useTenant(): string {
  const params: { tenant?: string } = useParams({ strict: false });
  return params.tenant ?? '';
}

/** The parameters of the path of the page shown. */
export function usePathParams(): PathParams {
  return useParams({ strict: false }) as PathParams;
}

/** Everything behind `?`, as text; what is not there is `undefined`. */
export function useSearchParams(): SearchParams {
  return useSearch({ strict: false }) as SearchParams;
}

export interface GoOptions {
  search?: SearchParams;
  /** No new entry for the back button. */
  replace?: boolean;
}

/** Goes to a page of the tenant that is shown. */
export function useGo(): (to: string, options?: GoOptions) => void {
  const navigate = useNavigate();
  const tenant = useTenant();
  return useCallback(
    (to, options = {}) => {
      void navigate({ href: tenantHref(tenant, to, options.search), replace: options.replace });
    },
    [navigate, tenant],
  );
}

/** Changes some search parameters of the page shown and leaves the others; `undefined` takes one away. */
export function useSetSearch(): (changes: SearchParams, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (changes, options = {}) => {
      void navigate({
        to: '.',
        search: ((before: SearchParams) => {
          const next: Record<string, string> = {};
          for (const [name, value] of Object.entries({ ...before, ...changes })) {
            if (value !== undefined && value !== '') next[name] = value;
          }
          return next;
        }) as never,
        replace: options.replace,
        resetScroll: false,
      });
    },
    [navigate],
  );
}

export interface AppLinkProps {
  to: string;
  search?: SearchParams;
  children: ReactNode;
  className?: string;
  'aria-label'?: string;
  'aria-current'?: 'page';
}

function ownTab(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
}

/** A real link to a page of the tenant shown: opens in a new tab, can be copied. */
export function AppLink({ to, search, children, ...rest }: AppLinkProps) {
  const tenant = useTenant();
  const go = useGo();
  return (
    <a
      {...rest}
      href={tenantHref(tenant, to, search)}
      onClick={(event) => {
        if (!ownTab(event)) return;
        event.preventDefault();
        go(to, { search });
      }}
    >
      {children}
    </a>
  );
}

/** For PatternFly parts that make their own anchor. */
export function useLinkProps(): (to: string, search?: SearchParams) => { href: string; onClick: (event: MouseEvent) => void } {
  const tenant = useTenant();
  const go = useGo();
  return useCallback(
    (to, search) => ({
      href: tenantHref(tenant, to, search),
      onClick: (event) => {
        if (!ownTab(event)) return;
        event.preventDefault();
        go(to, { search });
      },
    }),
    [tenant, go],
  );
}

/** The path below the tenant, such as `clusters/aws-eu-1`. */
export function useTenantPath(): string {
  return useRouterState({ select: (state) => state.location.pathname.split('/').slice(3).join('/') });
}

import type { ComponentType } from 'react';

/** What a feature brings: everything the frame has to know of it. The page itself is loaded when it is gone to. */
export interface FeatureManifest {
  id: string;
  nav?: readonly NavEntry[];
  routes: readonly FeatureRoute[];
  /** Where things of these kinds are shown, as found by the search or named by a problem. */
  places?: Readonly<Record<string, (thing: Thing) => Place | undefined>>;
  /** What one can make, offered by the search (Ctrl/⌘-K). */
  commands?: readonly Command[];
}

export type NavGroup = 'Overview' | 'Inventory' | 'Configure' | 'Administer';

export interface NavEntry {
  group: NavGroup;
  label: string;
  /** Below `/t/{tenant}/`. */
  path: string;
  order: number;
  /** The letter after `g` that goes there. */
  shortcut?: string;
}

export type PathParams = Readonly<Record<string, string>>;

export interface FeatureRoute {
  /** Below `/t/{tenant}/`, parameters as `$name`: `clusters/$name`. */
  path: string;
  /** `() => import('./pages/ClusterPage')`: the module's default export is the page. */
  page: () => Promise<{ default: ComponentType }>;
  title: (params: PathParams) => string;
  /** The way up, outermost first; the page itself is added. */
  crumbs?: (params: PathParams) => readonly Place[];
  /** Where the page's help lies in the documentation shown by `?`. */
  help?: string;
}

export interface Place {
  label: string;
  /** Below `/t/{tenant}/`. */
  to: string;
  search?: SearchParams;
}

export type SearchParams = Readonly<Record<string, string | undefined>>;

export interface Thing {
  kind: string;
  name: string;
  globalNamespace?: string;
  cluster?: string;
  namespace?: string;
}

export interface Command {
  label: string;
  to: string;
  needs?: 'enrol' | 'edit' | 'tokens';
}

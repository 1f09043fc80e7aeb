import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavGroup,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Toasts } from '~/shared/ui/toasts';
import { navigation } from './features';
import { useLive } from './live-context';
import { HelpButton, SearchButton, TenantSwitcher, ThemeMenu, UserMenu } from './MastheadParts';
import { LiveChip } from './LiveChip';
import { AppLink, useGo, useTenantPath } from './navigate';
import { useShortcuts } from './shortcuts';
import { WeftMark } from './WeftMark';

const SearchDialog = lazy(() => import('./SearchDialog'));
const ShortcutsSheet = lazy(() => import('./ShortcutsSheet'));

/** Masthead, navigation, and the page between them. */
export function AppShell({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<'search' | 'shortcuts'>();
  const go = useGo();
  const live = useLive();
  const path = useTenantPath();
  useShortcuts({
    onSearch: () => setDialog('search'),
    onHelp: () => setDialog('shortcuts'),
    onPause: () => live.pause(live.state !== 'paused'),
    onGo: (letter) => {
      const entry = navigation.flatMap((each) => each.entries).find((each) => each.shortcut === letter);
      if (entry !== undefined) go(entry.path);
      return entry !== undefined;
    },
  });
  useFocusOnNewPage(path);
  return (
    <Page
      masthead={<TopBar onSearch={() => setDialog('search')} onHelp={() => setDialog('shortcuts')} />}
      sidebar={<SideBar path={path} />}
      skipToContent={<SkipToContent href="#main">Skip to content</SkipToContent>}
      mainContainerId="main"
      mainTabIndex={0}
      isManagedSidebar
      isContentFilled
    >
      {children}
      <Toasts />
      <Suspense fallback={null}>
        {dialog === 'search' && <SearchDialog onClose={() => setDialog(undefined)} />}
        {dialog === 'shortcuts' && <ShortcutsSheet onClose={() => setDialog(undefined)} />}
      </Suspense>
    </Page>
  );
}

/** A new page is read from its title on; the first page after loading is left to the browser. */
function useFocusOnNewPage(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    document.getElementById('page-title')?.focus({ preventScroll: true });
  }, [path]);
}

function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton isHamburgerButton aria-label="Navigation" />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component="div">
            <WeftMark />
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic className="weft-masthead-tools">
          <ToolbarContent>
            <ToolbarItem>
              <TenantSwitcher />
            </ToolbarItem>
            <ToolbarGroup align={{ default: 'alignEnd' }} variant="action-group-plain">
              <ToolbarItem>
                <SearchButton onClick={onSearch} />
              </ToolbarItem>
              <ToolbarItem>
                <LiveChip />
              </ToolbarItem>
              <ToolbarItem>
                <ThemeMenu />
              </ToolbarItem>
              <ToolbarItem>
                <HelpButton onClick={onHelp} />
              </ToolbarItem>
              <ToolbarItem>
                <UserMenu />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

function SideBar({ path }: { path: string }) {
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label="Main">
          {navigation.map(({ group, entries }) => {
            const items = entries.map((entry) => {
              const active = path === entry.path || path.startsWith(`${entry.path}/`);
              return (
                <NavItem key={entry.path} isActive={active} itemId={entry.path}>
                  <AppLink to={entry.path} aria-current={active ? 'page' : undefined}>
                    {entry.label}
                  </AppLink>
                </NavItem>
              );
            });
            return group === 'Overview' ? (
              <NavList key={group}>{items}</NavList>
            ) : (
              <NavGroup key={group} title={group}>
                {items}
              </NavGroup>
            );
          })}
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

import {
  Button,
  Divider,
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  MenuToggle,
  Tooltip,
} from '@patternfly/react-core';
import { DesktopIcon, MoonIcon, QuestionCircleIcon, SearchIcon, SunIcon, UserIcon } from '@patternfly/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { post } from '~/api/http';
import { toast } from '~/shared/ui/toasts';
import { useGo, useTenant } from './navigate';
import { useSession } from './permissions';
import { setTheme, useTheme, type ThemeChoice } from './theme';

/** Which tenant is shown; another one opens its overview. */
export function TenantSwitcher() {
  const [open, setOpen] = useState(false);
  const tenant = useTenant();
  const session = useSession();
  const navigate = useNavigate();
  const tenants = session?.tenants ?? [];
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      isScrollable
      onSelect={(_event, name) => {
        setOpen(false);
        if (name !== tenant) void navigate({ href: `/t/${encodeURIComponent(String(name))}/overview` });
      }}
      toggle={(toggle) => (
        <MenuToggle ref={toggle} isExpanded={open} onClick={() => setOpen(!open)} className="weft-tenant" aria-label={`Tenant ${tenant}`}>
          <span className="weft-tenant-word">Tenant</span> <strong>{tenant}</strong>
        </MenuToggle>
      )}
    >
      <DropdownList>
        {tenants.map((each) => (
          <DropdownItem key={each.name} value={each.name} description={each.roles.join(', ')} aria-current={each.name === tenant ? 'true' : undefined} isSelected={each.name === tenant}>
            {each.name}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');

export function SearchButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="tertiary" className="weft-search-button" icon={<SearchIcon />} onClick={onClick} aria-keyshortcuts="Control+K Meta+K">
      <span className="weft-search-word">Search</span> <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
    </Button>
  );
}

export function HelpButton({ onClick }: { onClick: () => void }) {
  return (
    <Tooltip content="Keyboard shortcuts and help (?)" aria="none">
      <Button variant="plain" icon={<QuestionCircleIcon />} onClick={onClick} aria-label="Keyboard shortcuts and help" aria-keyshortcuts="?" />
    </Tooltip>
  );
}

const THEMES: readonly { choice: ThemeChoice; label: string; icon: ReactNode }[] = [
  { choice: 'system', label: 'As the system', icon: <DesktopIcon /> },
  { choice: 'light', label: 'Light', icon: <SunIcon /> },
  { choice: 'dark', label: 'Dark', icon: <MoonIcon /> },
];

export function ThemeMenu() {
  const [open, setOpen] = useState(false);
  const theme = useTheme();
  const shown = THEMES.find((each) => each.choice === theme.choice);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      popperProps={{ position: 'right' }}
      toggle={(toggle) => (
        <MenuToggle ref={toggle} variant="plain" isExpanded={open} onClick={() => setOpen(!open)} aria-label={`Theme: ${shown?.label ?? ''}`} icon={shown?.icon} />
      )}
    >
      <DropdownGroup label="Theme">
        <DropdownList>
          {THEMES.map((each) => (
            <DropdownItem key={each.choice} icon={each.icon} isSelected={each.choice === theme.choice} onClick={() => setTheme({ ...theme, choice: each.choice })}>
              {each.label}
            </DropdownItem>
          ))}
        </DropdownList>
      </DropdownGroup>
      <Divider />
      <DropdownList>
        <DropdownItem hasCheckbox isSelected={theme.highContrast} onClick={() => setTheme({ ...theme, highContrast: !theme.highContrast })}>
          High contrast
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}

async function logOut(): Promise<void> {
  try {
    const { redirect } = await post<{ redirect: string }>('/logout');
    location.assign(redirect);
  } catch {
    toast('danger', 'You are still logged in', 'The server could not be reached. Try again.');
  }
}

export function UserMenu() {
  const [open, setOpen] = useState(false);
  const session = useSession();
  const tenant = useTenant();
  const go = useGo();
  if (session === undefined) return null;
  const roles = session.tenants.find((each) => each.name === tenant)?.roles ?? [];
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      popperProps={{ position: 'right' }}
      toggle={(toggle) => (
        <MenuToggle ref={toggle} isExpanded={open} onClick={() => setOpen(!open)} icon={<UserIcon />} aria-label={`User ${session.user.displayName}`} className="weft-user">
          <span className="weft-user-name">{session.user.displayName}</span>
        </MenuToggle>
      )}
    >
      <DropdownGroup label={`${session.user.name} · ${roles.length === 0 ? 'no role here' : roles.join(', ')}`}>
        <DropdownList>
          <DropdownItem
            onClick={() => {
              setOpen(false);
              go('settings');
            }}
          >
            Settings and tokens
          </DropdownItem>
          {session.issuer.accountUrl !== undefined && (
            <DropdownItem to={session.issuer.accountUrl} isExternalLink>
              Account
            </DropdownItem>
          )}
        </DropdownList>
      </DropdownGroup>
      <Divider />
      <DropdownList>
        <DropdownItem onClick={() => void logOut()}>Log out</DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}

import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { NoPermission } from '~/shared/ui/states';
import { AppShell } from './AppShell';
import { rememberTenant } from './last-tenant';
import { LiveProvider } from './LiveProvider';
import { useTenant } from './navigate';
import { useSession } from './permissions';

/** Everything below `/t/{tenant}`. */
export function TenantFrame() {
  const tenant = useTenant();
  const member = useSession()?.tenants.some((each) => each.name === tenant) ?? false;
  useEffect(() => {
    if (member) rememberTenant(tenant);
  }, [member, tenant]);
  if (!member) {
    return (
      <AppShell>
        <NoPermission reason={`There is no tenant ${tenant} for you: it does not exist, or you are no member of it. Choose another one above.`} />
      </AppShell>
    );
  }
  return (
    <LiveProvider tenant={tenant} key={tenant}>
      <AppShell>
        <Outlet />
      </AppShell>
    </LiveProvider>
  );
}

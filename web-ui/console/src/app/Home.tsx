import { Navigate, type NavigateOptions } from '@tanstack/react-router';
import { NoPermission } from '~/shared/ui/states';
import { lastTenant } from './last-tenant';
import { useSession } from './permissions';

/** `/`: the tenant used last, or the first one. */
export function Home() {
  const session = useSession();
  const kept = lastTenant();
  const tenant = session?.tenants.find((each) => each.name === kept) ?? session?.tenants[0];
  if (tenant === undefined) {
    return <NoPermission reason="You are logged in and belong to no tenant yet. An administrator of a tenant can add you." />;
  }
  return <Navigate {...({ href: `/t/${encodeURIComponent(tenant.name)}/overview`, replace: true } as NavigateOptions)} />;
}

const NAME = 'weft.tenant';

/** The tenant that was looked at last in this browser. */
export function lastTenant(): string | undefined {
  try {
    return localStorage.getItem(NAME) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberTenant(tenant: string): void {
  try {
    localStorage.setItem(NAME, tenant);
  } catch {
    // storage is off: the first tenant is then the start
  }
}
